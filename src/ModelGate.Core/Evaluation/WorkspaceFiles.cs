using ModelGate.Bytes;
using ModelGate.Evaluation.Measuring;
using ModelGate.Faults;
using ModelGate.Gates;

namespace ModelGate.Evaluation;

/// <summary>The files of a workspace: no path and no link leads out of it.</summary>
/// <param name="workspace">The workspace.</param>
internal sealed class WorkspaceFiles(Workspace workspace) : IArtifactFiles
{
    /// <inheritdoc/>
    public OpenedArtifact Open(RoleFile file)
    {
        var full = Path.GetFullPath(Path.Combine(workspace.Folder, file.Path));
        var target = new FileInfo(full).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? full;
        if (!workspace.Contains(target))
        {
            throw new SourceUnavailableException(SafeText.Of($"it is a link that leads out of the workspace"));
        }

        var source = FileByteSource.Open(full);
        return new OpenedArtifact(source, new FileFolder(Path.GetDirectoryName(full)!, workspace.Contains), source.LastWriteTime);
    }
}

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
        if (!workspace.MayRead(full))
        {
            throw new SourceUnavailableException(SafeText.Of($"a link on the way to it leads out of the workspace"));
        }

        var source = FileByteSource.Open(full);
        return new OpenedArtifact(source, new FileFolder(Path.GetDirectoryName(full)!, workspace.MayRead), source.LastWriteTime);
    }
}

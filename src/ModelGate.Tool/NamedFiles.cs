using ModelGate.Bytes;
using ModelGate.Configuration;
using ModelGate.Evaluation;
using ModelGate.Evaluation.Measuring;
using ModelGate.Gates;

namespace ModelGate.Tool;

/// <summary>The files that the user named, wherever they lie.</summary>
internal sealed class NamedFiles : IArtifactFiles
{
    /// <inheritdoc/>
    public OpenedArtifact Open(RoleFile file)
    {
        var source = FileByteSource.Open(file.Path);
        return new OpenedArtifact(source, Workspace.Beside(file.Path), source.LastWriteTime);
    }

    /// <summary>A file, or every file of a folder with all that is below it, and whether the file itself was named.</summary>
    /// <exception cref="UsageException">A folder cannot be searched.</exception>
    public static IEnumerable<(string Path, bool IsNamed)> Below(string path)
    {
        if (!Directory.Exists(path))
        {
            return [(path, true)];
        }

        try
        {
            var folder = path.TrimEnd('/', '\\');
            return GlobMatches.Of(new Workspace(Path.GetFullPath(path), Path.GetFullPath(path)), "**/*").Select(f => (folder.Length == 0 ? "/" + f : $"{folder}/{f}", false));
        }
        catch (IOException fault)
        {
            throw new UsageException(SafeText.Of($"{path}: {fault.Message}"));
        }
    }
}

using ModelGate.Configuration.Documents;

namespace ModelGate.Evaluation;

/// <summary>The files of a workspace that a configuration may extend: no path and no link leads out of it.</summary>
/// <param name="workspace">The workspace, whose folder the paths are relative to.</param>
internal sealed class WorkspaceConfigurations(Workspace workspace) : IConfigurationFiles
{
    /// <inheritdoc/>
    public byte[] Read(string path)
    {
        var full = Path.GetFullPath(Path.Combine(workspace.Folder, path));
        if (!workspace.Contains(full))
        {
            throw new IOException("it leads out of the workspace");
        }

        if (workspace.HasLinkOut(full))
        {
            throw new IOException("a link on the way leads out of the workspace");
        }

        return ReadFile(full);
    }

    /// <summary>Reads a file that may be a configuration.</summary>
    /// <exception cref="IOException">It cannot be read: the message says why, without a full stop.</exception>
    public static byte[] ReadFile(string full)
    {
        if (Directory.Exists(full))
        {
            throw new IOException("it is a folder, not a file");
        }

        try
        {
            using var file = new FileStream(full, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var bytes = new byte[Math.Min(file.CanSeek ? file.Length : 0, ConfigParser.LongestConfiguration + 1)];
            return file.CanSeek && file.Length > ConfigParser.LongestConfiguration
                ? throw new IOException(ConfigParser.TooLong(file.Length).Value)
                : bytes[..file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)];
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new IOException("there is no such file", fault);
        }
        catch (UnauthorizedAccessException fault)
        {
            throw new IOException("reading it is not permitted", fault);
        }
    }
}

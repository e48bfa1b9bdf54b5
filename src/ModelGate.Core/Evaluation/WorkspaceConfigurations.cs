using ModelGate.Bytes;
using ModelGate.Configuration.Documents;
using ModelGate.Faults;

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

        if (!workspace.MayRead(full))
        {
            throw new IOException("a link on the way leads out of the workspace");
        }

        return ReadFile(full);
    }

    /// <summary>Reads a file that may be a configuration.</summary>
    /// <exception cref="IOException">It cannot be read: the message says why, without a full stop.</exception>
    public static byte[] ReadFile(string full)
    {
        try
        {
            using var file = FileByteSource.Open(full);
            if (file.Length > ConfigParser.LongestConfiguration)
            {
                throw new IOException(ConfigParser.TooLong(file.Length).Value);
            }

            var bytes = new byte[file.Length];
            return bytes[..file.Read(0, bytes)];
        }
        catch (SourceUnavailableException fault)
        {
            throw new IOException(fault.Sentence.Value, fault);
        }
    }
}

using ModelGate.Configuration;

namespace ModelGate.Tool;

/// <summary>A file that is written whole or not at all.</summary>
internal static class WrittenFile
{
    /// <summary>Writes a file whole or not at all: into a new file beside the old one, which then takes its name.</summary>
    /// <param name="path">The file.</param>
    /// <param name="write">Writes, and checks what was written; the stream can be read and sought.</param>
    /// <exception cref="UsageException">The file cannot be written.</exception>
    public static void Replace(string path, Action<Stream> write)
    {
        var full = Path.GetFullPath(path);
        var temporary = full + "." + Path.GetRandomFileName();
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.ReadWrite))
            {
                write(stream);
            }

            File.Move(temporary, full, overwrite: true);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new UsageException(SafeText.Of($"{path} cannot be written: {fault.Message.TrimEnd('.')}"));
        }
        finally
        {
            // Gone already where it took the name; left over where anything failed.
            File.Delete(temporary);
        }
    }
}

using ModelGate.Artifacts;
using ModelGate.Bytes;
using ModelGate.Configuration;
using ModelGate.Faults;
using ModelGate.Gates;
using ModelGate.Readers.Catalogue;

namespace ModelGate.Tool;

/// <summary>A file that the user named.</summary>
internal static class OpenedFile
{
    /// <summary>Opens a file.</summary>
    /// <exception cref="UsageException">It cannot be read.</exception>
    public static FileByteSource Open(string path)
    {
        try
        {
            return FileByteSource.Open(path);
        }
        catch (SourceUnavailableException fault)
        {
            throw new UsageException(SafeText.Of($"{path} cannot be read: {fault.Sentence}"));
        }
    }

    /// <summary>Reads an artifact.</summary>
    /// <exception cref="UsageException">It is not a sound file of a known format.</exception>
    public static Artifact Read(string path, IByteSource source, ReadBudget budget)
    {
        try
        {
            return ArtifactReaders.Read(source, budget);
        }
        catch (ArtifactFault fault)
        {
            throw new UsageException(SafeText.Of($"{path} cannot be read: {fault.SentenceWithAdvice()}"));
        }
    }

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

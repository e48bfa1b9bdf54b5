using ModelGate.Artifacts;
using ModelGate.Bytes;
using ModelGate.Configuration;
using ModelGate.Evaluation;
using ModelGate.Faults;
using ModelGate.Gates;
using ModelGate.Readers;
using ModelGate.Readers.Catalogue;
using ModelGate.Runs;

namespace ModelGate.Tool;

/// <summary>A file that the user named, with the files beside it that belong to it.</summary>
internal sealed class OpenedFile : IDisposable
{
    private readonly string path;
    private readonly FileFolder folder;

    private OpenedFile(string path, FileByteSource source)
    {
        this.path = path;
        Source = source;
        folder = Workspace.Beside(path);
    }

    /// <summary>The file's bytes.</summary>
    public FileByteSource Source { get; }

    /// <summary>The files beside it.</summary>
    public IByteSourceFolder Folder => folder;

    /// <summary>Opens a file.</summary>
    /// <exception cref="UsageException">It cannot be read.</exception>
    public static OpenedFile Open(string path)
    {
        try
        {
            return new OpenedFile(path, FileByteSource.Open(path));
        }
        catch (SourceUnavailableException fault)
        {
            throw new UsageException(SafeText.Of($"{path} cannot be read: {fault.Sentence}"));
        }
    }

    /// <summary>Reads the artifact, in the role that the command gives it.</summary>
    /// <exception cref="UsageException">It is not a valid file of a known format, or a file that belongs to it cannot be read.</exception>
    public Artifact Read(ArtifactRole role, ReadBudget budget)
    {
        try
        {
            return ArtifactReaders.Read(new ReadRequest(Source, budget) { Folder = folder, Name = Path.GetFileName(path), Role = role });
        }
        catch (ArtifactFault fault)
        {
            throw new UsageException(SafeText.Of($"{path} cannot be read: {fault.SentenceWithAdvice()}"));
        }
        catch (SourceUnavailableException fault)
        {
            throw new UsageException(SafeText.Of($"{path} cannot be read: {fault.Sentence}"));
        }
    }

    /// <summary>Whether a path is this file, or one that was opened beside it: a shard.</summary>
    public bool Holds(string other) => Path.GetFullPath(other) is var full && (full == Path.GetFullPath(path) || folder.Opened.Contains(full));

    /// <inheritdoc/>
    public void Dispose()
    {
        folder.Dispose();
        Source.Dispose();
    }
}

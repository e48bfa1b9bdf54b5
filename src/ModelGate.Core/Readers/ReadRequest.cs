using ModelGate.Bytes;
using ModelGate.Runs;

namespace ModelGate.Readers;

/// <summary>What is to be read, and on what terms.</summary>
/// <param name="Source">The file. It stays open as long as the artifact is used; whoever opened it closes it.</param>
/// <param name="Budget">What reading it may cost.</param>
internal sealed record ReadRequest(IByteSource Source, ReadBudget Budget)
{
    /// <summary>The files beside it, for artifacts that lie in several files; null where they cannot be seen.</summary>
    public IByteSourceFolder? Folder { get; init; }

    /// <summary>The file's name, for formats whose bytes do not tell them from others; empty where it has none.</summary>
    public string Name { get; init; } = "";

    /// <summary>Where it lies, as far as that is known: folders and name with slashes between them. It opens nothing: in a store whose files are named by their place it is the name.</summary>
    public string Place { get; init; } = "";

    /// <summary>The part that the file plays, which tells documents apart that begin alike; null where only its content speaks.</summary>
    public ArtifactRole? Role { get; init; }

    /// <summary>How the log states its steps and values, where the configuration says it; null where its content does.</summary>
    public LogPattern? LogPattern { get; init; }
}

using ModelGate.Artifacts;
using ModelGate.Bytes;
using ModelGate.Faults;

namespace ModelGate.Readers;

/// <summary>Turns the bytes of one format into an artifact. It knows no path and no threshold, and executes nothing.</summary>
internal abstract class ArtifactReader
{
    /// <summary>How many bytes from the start of a file <see cref="Recognises"/> is shown at most.</summary>
    public const int HeadBytes = 4096;

    /// <summary>The format's name, as reports and <c>modelgate inspect</c> spell it.</summary>
    public abstract string Format { get; }

    /// <summary>Whether the first bytes are those of this format.</summary>
    public abstract bool Recognises(ReadOnlySpan<byte> head);

    /// <summary>Reads the artifact. The source stays open as long as the artifact is used; the caller closes it.</summary>
    /// <exception cref="ArtifactFault">The bytes are not a sound file of this format, or cost too much.</exception>
    /// <exception cref="OperationCanceledException">The caller wants to stop.</exception>
    public abstract Artifact Read(IByteSource source, ReadBudget budget);

    /// <summary>Reads an artifact that may lie in several files.</summary>
    /// <param name="source">The file.</param>
    /// <param name="folder">The files beside it; null where they cannot be seen.</param>
    public virtual Artifact Read(IByteSource source, IByteSourceFolder? folder, ReadBudget budget) => Read(source, budget);
}

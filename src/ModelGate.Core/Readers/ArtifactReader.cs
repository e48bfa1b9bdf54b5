using ModelGate.Artifacts;
using ModelGate.Faults;
using ModelGate.Readers.Loaders;
using ModelGate.Runs;

namespace ModelGate.Readers;

/// <summary>Turns the bytes of one format into an artifact. It knows no path and no threshold, and executes nothing.</summary>
internal abstract class ArtifactReader
{
    /// <summary>How many bytes from the start of a file <see cref="Recognises"/> is shown at most.</summary>
    public const int HeadBytes = 4096;

    /// <summary>The format's name, as reports and <c>modelgate inspect</c> spell it.</summary>
    public abstract string Format { get; }

    /// <summary>
    /// The role whose files are of this format whatever they begin with, and which alone can be: files of another role are not held
    /// against it. Null where the content decides.
    /// </summary>
    public virtual ArtifactRole? Role => null;

    /// <summary>What loaders that go by content take its files for.</summary>
    public virtual LoaderFormat Loader => LoaderFormat.None;

    /// <summary>Whether its files are the logs of trainings.</summary>
    public virtual bool IsLog => false;

    /// <summary>Whether the first bytes are those of this format. A reader with a role is asked this of files without one.</summary>
    public abstract bool Recognises(ReadOnlySpan<byte> head);

    /// <summary>The same of a file that is known to be a log: it may begin as other documents do.</summary>
    public virtual bool RecognisesLog(ReadOnlySpan<byte> head) => Recognises(head);

    /// <summary>Reads the artifact.</summary>
    /// <exception cref="ArtifactFault">The bytes are not a valid file of this format, or cost too much.</exception>
    /// <exception cref="SourceUnavailableException">The bytes cannot be had.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public abstract Artifact Read(ReadRequest request);
}

using ModelGate.Artifacts;
using ModelGate.Bytes;
using ModelGate.Faults;
using ModelGate.Syntax.Zip;

namespace ModelGate.Readers;

/// <summary>Turns a zip archive of one kind into an artifact.</summary>
internal abstract class ArchiveReader
{
    /// <summary>The format's name, as reports and <c>modelgate inspect</c> spell it.</summary>
    public abstract string Format { get; }

    /// <summary>Whether the archive's entries are those of this kind.</summary>
    public abstract bool Recognises(ZipDirectory archive);

    /// <summary>Reads the artifact.</summary>
    /// <exception cref="ArtifactFault">The archive is not a valid one of this kind, or costs too much.</exception>
    public abstract Artifact Read(ZipDirectory archive, ReadBudget budget);
}

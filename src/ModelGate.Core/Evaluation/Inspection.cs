using ModelGate.Architecture.Keys;
using ModelGate.Artifacts;
using ModelGate.Bytes;
using ModelGate.Faults;
using ModelGate.Readers;
using ModelGate.Readers.Catalogue;
using ModelGate.Signals.Checkpoints;

namespace ModelGate.Evaluation;

/// <summary>What a file is and what it holds: nothing is judged.</summary>
/// <param name="Path">The file's path as the user gave it.</param>
/// <param name="Bytes">The file's length.</param>
/// <param name="Artifact">What it holds, or null where it was refused.</param>
/// <param name="Fault">Why it was refused.</param>
internal sealed record Inspection(SafeText Path, long Bytes, Artifact? Artifact, ArtifactFault? Fault)
{
    /// <summary>The names that the file's pickles import.</summary>
    public IReadOnlyList<GlobalUse> Globals => (Artifact as Checkpoint)?.Globals ?? (Artifact as PickledData)?.Globals ?? Fault?.Globals ?? [];

    /// <summary>What is to be known of the weights, beyond what the reader noticed.</summary>
    public IReadOnlyList<SafeText> Notes => Artifact is not Checkpoint checkpoint
        ? []
        :
        [
            .. EmptyTensors.Problem(checkpoint) is { IsEmpty: false } problem ? [problem] : Array.Empty<SafeText>(),
            .. AverageNotes.Of(checkpoint) is { IsEmpty: false } second ? [SafeText.Of($"the file {second}")] : Array.Empty<SafeText>(),
        ];

    /// <summary>Inspects an open file.</summary>
    /// <param name="path">The file's path as the user gave it.</param>
    /// <param name="source">The file.</param>
    /// <param name="budget">What reading may cost, and the caller's wish to stop.</param>
    /// <param name="folder">The files beside it; null where they are not to be looked at.</param>
    /// <exception cref="OperationCanceledException">The caller wants to stop.</exception>
    public static Inspection Of(string path, IByteSource source, ReadBudget budget, IByteSourceFolder? folder = null)
    {
        try
        {
            return new Inspection(SafeText.From(path), source.Length, ArtifactReaders.Read(new ReadRequest(source, budget) { Folder = folder, Name = System.IO.Path.GetFileName(path), Place = path.Replace(System.IO.Path.DirectorySeparatorChar, '/') }), null);
        }
        catch (ArtifactFault fault)
        {
            return new Inspection(SafeText.From(path), source.Length, null, fault);
        }
    }
}

using ModelGate.Artifacts;
using ModelGate.Bytes;
using ModelGate.Gates;
using ModelGate.Readers;
using ModelGate.Readers.Catalogue;
using ModelGate.Runs;
using ModelGate.Signals;

namespace ModelGate.Evaluation.Measuring;

/// <summary>Opens two files at once, to compare them.</summary>
internal static class PairOpening
{
    /// <summary>Compares.</summary>
    /// <exception cref="Faults.ArtifactFault">One of them cannot be read.</exception>
    /// <exception cref="Faults.SourceUnavailableException">One of them cannot be opened.</exception>
    public static TResult Compare<TLeft, TRight, TResult>(IArtifactFiles files, RoleFile left, RoleFile right, PairMeasure<TLeft, TRight, TResult> measure, ReadLimits limits, CancellationToken cancellation)
        where TLeft : Artifact
        where TRight : Artifact
        where TResult : class
        => (TResult)Compare(files, left, right, (IPairMeasure)measure, limits, cancellation);

    /// <inheritdoc cref="Compare{TLeft, TRight, TResult}"/>
    public static object Compare(IArtifactFiles files, RoleFile left, RoleFile right, IPairMeasure measure, ReadLimits limits, CancellationToken cancellation)
    {
        using var a = files.Open(left);
        using var b = files.Open(right);
        return measure.Of(Read(a, left.Role, limits, cancellation), Read(b, right.Role, limits, cancellation), cancellation);
    }

    private static Artifact Read(OpenedArtifact opened, ArtifactRole role, ReadLimits limits, CancellationToken cancellation)
        => ArtifactReaders.Read(new ReadRequest(opened.Source, new ReadBudget(limits, cancellation)) { Folder = opened.Siblings, Role = role });
}

using ModelGate.Artifacts;

namespace ModelGate.Signals.Checkpoints;

/// <summary>An export against a checkpoint, element by element: how near the two are where they are not equal.</summary>
/// <param name="StopAtFirstDifference">Whether only equality is asked for.</param>
internal sealed record ExportComparison(bool StopAtFirstDifference = false) : PairMeasure<Checkpoint, Checkpoint, ExportMatch>
{
    /// <inheritdoc/>
    protected override ExportMatch Compute(Checkpoint left, Checkpoint right, CancellationToken cancellation)
        => StopAtFirstDifference ? ExportMatch.Test(left, right, cancellation) : ExportMatch.Rank(left, right, cancellation);
}

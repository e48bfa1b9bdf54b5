using ModelGate.Artifacts;
using ModelGate.Runs;

namespace ModelGate.Signals.Baselines;

/// <summary>The numbers of a baseline, or of a report that is taken for one.</summary>
internal sealed record BaselineMeasure : ContentMeasure<Artifact, Baseline>
{
    /// <inheritdoc/>
    public override bool Fits(Artifact content) => content is Baseline or RunReport;

    /// <inheritdoc/>
    protected override Baseline Compute(FileStamp file, Artifact content, CancellationToken cancellation) => content as Baseline ?? BaselineReduction.Of([((RunReport)content).Record]);
}

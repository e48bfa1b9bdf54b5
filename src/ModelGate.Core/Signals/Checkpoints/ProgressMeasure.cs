using ModelGate.Artifacts;

namespace ModelGate.Signals.Checkpoints;

/// <summary>How far training had come when a checkpoint was written.</summary>
internal sealed record ProgressMeasure : ContentMeasure<Checkpoint, TrainingProgress>
{
    /// <inheritdoc/>
    protected override TrainingProgress Compute(FileStamp file, Checkpoint content, CancellationToken cancellation) => TrainingProgress.Of(file, content);
}

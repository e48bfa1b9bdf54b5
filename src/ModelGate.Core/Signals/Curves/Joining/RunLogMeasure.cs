using ModelGate.Artifacts;

namespace ModelGate.Signals.Curves.Joining;

/// <summary>What a training log holds: the files of one run are judged together, so that each has to be kept until the last of them is read.</summary>
internal sealed record RunLogMeasure : ContentMeasure<TrainingLog, TrainingLog>
{
    /// <inheritdoc/>
    protected override TrainingLog Compute(FileStamp file, TrainingLog content, CancellationToken cancellation) => content;
}

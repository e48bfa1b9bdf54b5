namespace ModelGate.Signals.Checkpoints;

/// <summary>The epoch at which a checkpoint was written.</summary>
/// <remarks>What it states as epoch, iteration or epochs.</remarks>
[Signal(MeasuredOn.Checkpoint, Unit = "epochs")]
internal sealed partial class TrainingEpoch() : Signal<TrainingProgress>(new ProgressMeasure())
{
    /// <inheritdoc/>
    protected override IEnumerable<Reading> Read(TrainingProgress result) => [Reading.Of(result.Epoch)];
}

namespace ModelGate.Signals.Checkpoints;

/// <summary>The epoch at which a checkpoint was written.</summary>
/// <remarks>What it states as epoch or epochs; else as iteration, which is what RVC, VITS and so-vits-svc call it; else what its name says (e22, epoch=3).</remarks>
[Signal(MeasuredOn.Checkpoint, Unit = "epochs", Revision = 2)]
internal sealed partial class TrainingEpoch() : Signal<TrainingProgress>(new ProgressMeasure())
{
    /// <inheritdoc/>
    protected override IEnumerable<Reading> Read(TrainingProgress result) => [Reading.Of(result.Epoch)];
}

namespace ModelGate.Signals.Checkpoints;

/// <summary>The training step at which a checkpoint was written.</summary>
/// <remarks>The number in its name; else what it states as global_step, step or steps; else the highest step counter of its optimizer.</remarks>
[Signal(MeasuredOn.Checkpoint, Unit = "steps")]
internal sealed partial class TrainingStep() : Signal<TrainingProgress>(new ProgressMeasure())
{
    /// <inheritdoc/>
    protected override IEnumerable<Reading> Read(TrainingProgress result) => [Reading.Of(result.Step)];
}

namespace ModelGate.Signals.Checkpoints;

/// <summary>The training step at which a checkpoint was written.</summary>
/// <remarks>What a word in its name says (step=400); else what it states as global_step; else the number in its name (G_396); else what it states as step, steps or update; else the highest step counter of its optimizer. Decimals, dates, versions and metrics in a name are not steps.</remarks>
[Signal(MeasuredOn.Checkpoint, Unit = "steps", Revision = 2)]
internal sealed partial class TrainingStep() : Signal<TrainingProgress>(new ProgressMeasure())
{
    /// <inheritdoc/>
    protected override IEnumerable<Reading> Read(TrainingProgress result) => [Reading.Of(result.Step)];
}

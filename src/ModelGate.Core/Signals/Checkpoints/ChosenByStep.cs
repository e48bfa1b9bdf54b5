namespace ModelGate.Signals.Checkpoints;

/// <summary>The step of the final checkpoint: the highest step, compared as a number.</summary>
/// <remarks>Steps are those of training-step.</remarks>
[Signal(MeasuredOn.ExportAndCheckpoints, Unit = "steps")]
internal sealed partial class ChosenByStep : Signal;

namespace ModelGate.Signals.Checkpoints;

/// <summary>The step of the checkpoint that was written last by the file times.</summary>
/// <remarks>No value where all file times lie within two seconds: they are those of a copy.</remarks>
[Signal(MeasuredOn.ExportAndCheckpoints, Unit = "steps")]
internal sealed partial class ChosenByTime : Signal;

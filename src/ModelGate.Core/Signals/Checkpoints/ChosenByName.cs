namespace ModelGate.Signals.Checkpoints;

/// <summary>The step of the checkpoint that a sort by name would have chosen.</summary>
/// <remarks>Names are compared as text, so that G_792 sorts after G_2376.</remarks>
[Signal(MeasuredOn.ExportAndCheckpoints, Unit = "steps")]
internal sealed partial class ChosenByName : Signal;

namespace ModelGate.Signals.Checkpoints;

/// <summary>The step of the checkpoint whose weights an export holds.</summary>
/// <remarks>Found by content: every tensor of the export equals the checkpoint's, rounded to the export's element type (to nearest, ties to even). No value where no checkpoint has them.</remarks>
[Signal(MeasuredOn.ExportAndCheckpoints, Unit = "steps")]
internal sealed partial class ExportedStep : Signal;

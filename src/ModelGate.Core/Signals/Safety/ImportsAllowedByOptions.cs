namespace ModelGate.Signals.Safety;

/// <summary>The number of imported names that only the options of the gate allow.</summary>
/// <remarks>Counted by the gate pickle-must-be-safe.</remarks>
[Signal(MeasuredOn.File, Unit = "names")]
internal sealed partial class ImportsAllowedByOptions : Signal;

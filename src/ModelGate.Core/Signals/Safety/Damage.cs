namespace ModelGate.Signals.Safety;

/// <summary>Where a file is damaged: the offset in bytes.</summary>
/// <remarks>The first fault that a reader finds; its text says what it is.</remarks>
[Signal(MeasuredOn.File, Unit = "offset")]
internal sealed partial class Damage : Signal;

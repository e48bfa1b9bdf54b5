namespace ModelGate.Signals.Curves;

/// <summary>The first learning rate of a run.</summary>
/// <remarks>As logged. The gate learning-rate-must-follow-its-schedule reads it.</remarks>
[Signal(MeasuredOn.Series)]
internal sealed partial class FirstRate : Signal;

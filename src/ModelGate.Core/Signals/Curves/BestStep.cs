namespace ModelGate.Signals.Curves;

/// <summary>The step at which a validation loss was best.</summary>
/// <remarks>Where the median of three neighbouring points is lowest, the lowest of the three. The gate training-must-not-overtrain finds it.</remarks>
[Signal(MeasuredOn.Series, Unit = "steps")]
internal sealed partial class BestStep : Signal;

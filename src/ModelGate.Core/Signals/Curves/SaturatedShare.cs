using ModelGate.Runs;

namespace ModelGate.Signals.Curves;

/// <summary>The share of a curve's points that stand at the value at which its trainer cuts it off.</summary>
/// <remarks>Points that are exactly one of the values that are known of the trainer, or that the gate loss-must-not-saturate is given, over all points.</remarks>
[Signal(MeasuredOn.Series, Better = Better.Lower)]
internal sealed partial class SaturatedShare : Signal;

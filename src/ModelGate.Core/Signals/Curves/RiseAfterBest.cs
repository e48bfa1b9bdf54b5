using ModelGate.Runs;

namespace ModelGate.Signals.Curves;

/// <summary>How far a validation loss has risen since it was best, as a part of its best value.</summary>
/// <remarks>The median of the last three points less the value at best-step, over that value; over the larger of its size and its fall since the first point where the loss goes through zero.</remarks>
[Signal(MeasuredOn.Series, Better = Better.Lower)]
internal sealed partial class RiseAfterBest : Signal;

using ModelGate.Runs;

namespace ModelGate.Signals.Curves;

/// <summary>The first step at which a curve is NaN or infinite.</summary>
/// <remarks>Of the points that non-finite-points counts, the step of the first, over all logs of a run; for a loss that transformers writes as 0 where it is NaN, the first such step. A curve without any has none.</remarks>
[Signal(MeasuredOn.Series, Unit = "steps", Better = Better.Higher)]
internal sealed partial class NonFiniteStep : Signal;

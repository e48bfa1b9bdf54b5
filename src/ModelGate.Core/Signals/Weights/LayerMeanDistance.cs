using ModelGate.Runs;

namespace ModelGate.Signals.Weights;

/// <summary>How far the mean of a model's matrix is from that of the reference model's, in standard deviations.</summary>
/// <remarks>|µ − µ'| / max(σ, σ'), with the means and standard deviations that weight-mean and weight-std are.</remarks>
[Signal(MeasuredOn.ModelAndReference, Unit = "deviations", Better = Better.Lower)]
internal sealed partial class LayerMeanDistance : Signal;

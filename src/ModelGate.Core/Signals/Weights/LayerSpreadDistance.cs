using ModelGate.Runs;

namespace ModelGate.Signals.Weights;

/// <summary>How far the standard deviation of a model's matrix is from that of the reference model's, in octaves.</summary>
/// <remarks>|log2(σ / σ')| with the standard deviations that weight-std is: 1 where one is twice the other. It needs no equal shapes, so models of another width or sample rate can be compared.</remarks>
[Signal(MeasuredOn.ModelAndReference, Unit = "octaves", Better = Better.Lower)]
internal sealed partial class LayerSpreadDistance : Signal;

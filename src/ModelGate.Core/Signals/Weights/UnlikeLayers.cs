using ModelGate.Runs;

namespace ModelGate.Signals.Weights;

/// <summary>The share of a model's matrices whose spread or mean is unlike that of the same matrix of the reference model.</summary>
/// <remarks>Of the matrices of at least 16 elements that both have; unlike where layer-spread-distance or layer-mean-distance is beyond the gate's option for it.</remarks>
[Signal(MeasuredOn.ModelAndReference, Better = Better.Lower)]
internal sealed partial class UnlikeLayers : Signal;

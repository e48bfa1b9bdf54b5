using ModelGate.Runs;

namespace ModelGate.Signals.Weights;

/// <summary>How far a model's weights are from those of the pretrained start, relative to their size.</summary>
/// <remarks>√(Σ(w − s)²) / √(Σs²), the Frobenius norm of the difference over that of the start s, over all compared tensors and over those of each block; the start's elements are first rounded to the model's element type.</remarks>
[Signal(MeasuredOn.ModelAndStart, Better = Better.Higher)]
internal sealed partial class WeightChange : Signal;

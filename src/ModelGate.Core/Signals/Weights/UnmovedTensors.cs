using ModelGate.Runs;

namespace ModelGate.Signals.Weights;

/// <summary>The share of a model's weights, counted by tensor, that are still exactly those of the pretrained start.</summary>
/// <remarks>
/// Over the tensors of floating-point numbers that both have under one name and in one shape. Equality is of all elements as numbers, after the start's are rounded to the model's element type. Buffers, and tensors that
/// hold one number throughout in both, are not counted. An optimizer changes every weight that it is given: weight decay moves even one without a gradient.
/// </remarks>
[Signal(MeasuredOn.ModelAndStart, Better = Better.Lower)]
internal sealed partial class UnmovedTensors : Signal;

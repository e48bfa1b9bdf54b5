namespace ModelGate.Signals.Audio.Pairs;

/// <summary>The zero crossings of an output divided by those of its reference, both while they are not silent.</summary>
/// <remarks>zero-crossings-active of both, each at its own rate.</remarks>
[Signal(MeasuredOn.OutputAndReference)]
internal sealed partial class CrossingsRatio : Signal;

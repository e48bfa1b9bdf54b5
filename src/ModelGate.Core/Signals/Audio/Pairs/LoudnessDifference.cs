namespace ModelGate.Signals.Audio.Pairs;

/// <summary>The integrated loudness of an output less that of its reference.</summary>
/// <remarks>integrated-loudness of both, each at its own rate.</remarks>
[Signal(MeasuredOn.OutputAndReference, Unit = "LU")]
internal sealed partial class LoudnessDifference : Signal;

namespace ModelGate.Signals.Audio.Pairs;

/// <summary>The periodic share of an output divided by that of its reference.</summary>
/// <remarks>periodic-share of both, each at its own rate.</remarks>
[Signal(MeasuredOn.OutputAndReference)]
internal sealed partial class PeriodicityRatio : Signal;

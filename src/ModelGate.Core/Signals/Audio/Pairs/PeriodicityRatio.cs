namespace ModelGate.Signals.Audio.Pairs;

/// <summary>The periodic share of an output divided by that of its reference.</summary>
/// <remarks>periodic-share of both, each at its own rate.</remarks>
[Signal(MeasuredOn.OutputAndReference)]
internal sealed partial class PeriodicityRatio : PairSignal
{
    /// <inheritdoc/>
    public override double? Of(RecordingPair pair) => pair.Reference.Pitch?.PeriodicShare is > 0 and var theirs ? pair.Output.Pitch?.PeriodicShare / theirs : null;
}

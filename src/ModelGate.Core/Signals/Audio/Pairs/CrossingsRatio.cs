namespace ModelGate.Signals.Audio.Pairs;

/// <summary>The zero crossings of an output divided by those of its reference, both while they are not silent.</summary>
/// <remarks>zero-crossings-active of both, each at its own rate.</remarks>
[Signal(MeasuredOn.OutputAndReference)]
internal sealed partial class CrossingsRatio : PairSignal
{
    /// <inheritdoc/>
    public override double? Of(RecordingPair pair) => pair.Reference.Crossings?.ActivePerSecond is > 0 and var theirs ? pair.Output.Crossings?.ActivePerSecond / theirs : null;
}

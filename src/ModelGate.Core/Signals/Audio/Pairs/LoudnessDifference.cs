namespace ModelGate.Signals.Audio.Pairs;

/// <summary>The integrated loudness of an output less that of its reference.</summary>
/// <remarks>integrated-loudness of both, each at its own rate.</remarks>
[Signal(MeasuredOn.OutputAndReference, Unit = "LU")]
internal sealed partial class LoudnessDifference : PairSignal
{
    /// <inheritdoc/>
    public override double? Of(RecordingPair pair) => pair.Output.Loudness?.Integrated - pair.Reference.Loudness?.Integrated;
}

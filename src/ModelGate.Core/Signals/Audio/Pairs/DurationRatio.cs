namespace ModelGate.Signals.Audio.Pairs;

/// <summary>The duration of an output divided by that of its reference.</summary>
/// <remarks>Seconds, by the headers.</remarks>
[Signal(MeasuredOn.OutputAndReference)]
internal sealed partial class DurationRatio : PairSignal
{
    /// <inheritdoc/>
    public override double? Of(RecordingPair pair) => pair.Reference.Form?.Seconds is > 0 and var theirs ? pair.Output.Form?.Seconds / theirs : null;
}

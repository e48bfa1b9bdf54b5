using ModelGate.Runs;

namespace ModelGate.Signals.Audio.Pairs;

/// <summary>The log-mel distance, at equal levels, of the ten seconds in which it is largest.</summary>
/// <remarks>What log-mel-distance-levelled is, of each stretch of 10 seconds, every 2.5 seconds, in which the reference is active for 2 seconds. It has no value for an output of 10 seconds or less, or where the durations differ by more than 2 %.</remarks>
[Signal(MeasuredOn.OutputAndReference, Unit = "ln", Better = Better.Lower)]
internal sealed partial class LogMelDistanceOfStretch : PairSignal
{
    /// <inheritdoc/>
    public override double? Of(RecordingPair pair) => pair is { IsOfOneTiming: true, Comparison.IsLongerThanStretch: true } ? pair.Comparison.Mel?.Furthest?.Value : null;
}

using ModelGate.Runs;

namespace ModelGate.Signals.Audio.Pairs;

/// <summary>As log-mel-distance-active, with the output brought to the RMS of the reference first.</summary>
/// <remarks>It has no value where one of them is silent, or the durations differ by more than 2 %.</remarks>
[Signal(MeasuredOn.OutputAndReference, Unit = "ln", Better = Better.Lower)]
internal sealed partial class LogMelDistanceLevelled : PairSignal
{
    /// <inheritdoc/>
    public override double? Of(RecordingPair pair) => pair.IsOfOneTiming ? pair.Comparison.Mel?.Levelled : null;
}

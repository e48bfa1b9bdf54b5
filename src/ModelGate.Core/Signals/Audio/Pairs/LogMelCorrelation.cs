using ModelGate.Runs;

namespace ModelGate.Signals.Audio.Pairs;

/// <summary>How far an output does over time what its reference does: Pearson's correlation of each log-mel band over the frames in which the reference is active, the mean over the bands.</summary>
/// <remarks>Frames as in log-mel-distance, compared one by one. Bands in which the reference stands still do not count; a band in which only the output does counts 0.</remarks>
[Signal(MeasuredOn.OutputAndReference, Better = Better.Higher)]
internal sealed partial class LogMelCorrelation : PairSignal
{
    /// <inheritdoc/>
    public override double? Of(RecordingPair pair) => pair.Comparison.Mel?.Correlation;
}

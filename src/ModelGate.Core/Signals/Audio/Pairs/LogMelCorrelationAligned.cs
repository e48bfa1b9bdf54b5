using ModelGate.Runs;

namespace ModelGate.Signals.Audio.Pairs;

/// <summary>How alike the mel bands of an output and its reference go over time once both are aligned: the same words at 0.8 and above, other words of the same voice below 0.6.</summary>
/// <remarks>Pearson's correlation of each log-mel band along the alignment of mel-cepstral-distortion, over the pairs of frames that are above -60 dBFS in both; the mean over the bands that vary. No value where there is none.</remarks>
[Signal(MeasuredOn.OutputAndReference, Better = Better.Higher)]
internal sealed partial class LogMelCorrelationAligned : PairSignal
{
    /// <inheritdoc/>
    public override double? Of(RecordingPair pair) => pair.Comparison.AlignedCorrelation;
}

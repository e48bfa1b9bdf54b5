using ModelGate.Runs;

namespace ModelGate.Signals.Audio.Pairs;

/// <summary>The mel-cepstral distortion between an output and its reference, aligned by dynamic time warping.</summary>
/// <remarks>Coefficients 1 to 13 of each log-mel frame (as in log-mel-distance), sqrt(2/80) times the orthonormal DCT-II; Euclidean distance, steps (1,1), (0,1), (1,0); the mean over the path of 10/ln 10 · sqrt(2 Σ d²) (Kubichek 1993). Up to 60 seconds every path is tried; above, those within five seconds of the diagonal. The recording of the higher rate is resampled to the lower one; where the channels of the output differ, each is compared.</remarks>
[Signal(MeasuredOn.OutputAndReference, Unit = "dB", Better = Better.Lower)]
internal sealed partial class MelCepstralDistortion : PairSignal
{
    /// <inheritdoc/>
    public override double? Of(RecordingPair pair) => pair.Comparison.Distortion;
}

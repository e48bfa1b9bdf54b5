using ModelGate.Runs;

namespace ModelGate.Signals.Audio.Pairs;

/// <summary>The mean absolute difference of the log-mel spectrograms of an output and its reference, over all frames and bands, in natural logarithms.</summary>
/// <remarks>Log-mel frames are those that HiFi-GAN is trained on, in samples at the compared rate: n_fft and window 1024, hop 256, 384 mirrored samples at each end, periodic Hann, sqrt(|X|² + 1e-9), 80 Slaney bands from 0 to 8 kHz or half the rate, ln(max(., 1e-5)). The recording of the higher rate is resampled to the lower one; where the channels of the output differ, each is compared. Frames are compared one by one, up to the shorter of both.</remarks>
[Signal(MeasuredOn.OutputAndReference, Unit = "ln", Better = Better.Lower)]
internal sealed partial class LogMelDistance : PairSignal
{
    /// <inheritdoc/>
    public override double? Of(RecordingPair pair) => pair.Comparison.Mel?.All;
}

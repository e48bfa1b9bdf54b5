using ModelGate.Runs;

namespace ModelGate.Signals.Audio.Pairs;

/// <summary>The distance of the short-time magnitude spectra of an output from those of its reference, relative to the reference: the mean over three resolutions.</summary>
/// <remarks>‖R - O‖ / ‖R‖, Frobenius, at (fft, hop, window) (1024, 120, 600), (2048, 240, 1200), (512, 50, 240), centred, mirrored, periodic Hann, sqrt(max(|X|², 1e-7)) (Yamamoto et al. 2020). The recording of the higher rate is resampled to the lower one; where the channels of the output differ, each is compared.</remarks>
[Signal(MeasuredOn.OutputAndReference, Better = Better.Lower)]
internal sealed partial class StftConvergence : PairSignal
{
    /// <inheritdoc/>
    public override double? Of(RecordingPair pair) => pair.Comparison.StftConvergence;
}

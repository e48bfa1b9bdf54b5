namespace ModelGate.Signals.Audio.Pairs;

/// <summary>The spectral centroid of an output divided by that of its reference: below 1 the output is duller.</summary>
/// <remarks>The centroid is Σ f|X| / Σ |X| as in librosa, frames of 2048 samples every 512, the mean over the frames above -60 dBFS, at the compared rate. The recording of the higher rate is resampled to the lower one; where the channels of the output differ, each is compared.</remarks>
[Signal(MeasuredOn.OutputAndReference)]
internal sealed partial class CentroidRatio : PairSignal
{
    /// <inheritdoc/>
    public override double? Of(RecordingPair pair) => pair.Comparison.CentroidRatio;
}

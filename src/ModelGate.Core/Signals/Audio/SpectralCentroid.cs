namespace ModelGate.Signals.Audio;

/// <summary>The mean frequency of the spectrum of a recording, over its active frames.</summary>
/// <remarks>As librosa.feature.spectral_centroid: Σ f·|X| / Σ |X| of each frame of 2048 samples, every 512, centred, periodic Hann window; the mean over the frames whose RMS is above -60 dBFS. Of the mean of the channels; no value under 2048 samples, and where a sample is NaN or infinite.</remarks>
[Signal(MeasuredOn.Recording, Unit = "Hz")]
internal sealed partial class SpectralCentroid() : Signal<SpectralShape>(new SpectralShapeMeasure())
{
    /// <inheritdoc/>
    protected override IEnumerable<Reading> Read(SpectralShape result) => [Reading.Of(result.Centroid)];
}

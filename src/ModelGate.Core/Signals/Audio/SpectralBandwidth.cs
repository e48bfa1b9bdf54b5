namespace ModelGate.Signals.Audio;

/// <summary>How far the spectrum of a recording spreads around its centroid, over its active frames.</summary>
/// <remarks>As librosa.feature.spectral_bandwidth: √(Σ (f - centroid)²·|X| / Σ |X|) of each frame as in spectral-centroid; the mean over the active frames. Of the mean of the channels; no value under 2048 samples, and where a sample is NaN or infinite.</remarks>
[Signal(MeasuredOn.Recording, Unit = "Hz")]
internal sealed partial class SpectralBandwidth() : Signal<SpectralShape>(new SpectralShapeMeasure())
{
    /// <inheritdoc/>
    protected override IEnumerable<Reading> Read(SpectralShape result) => [Reading.Of(result.Bandwidth)];
}

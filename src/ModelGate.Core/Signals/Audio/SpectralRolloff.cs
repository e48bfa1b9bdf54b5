namespace ModelGate.Signals.Audio;

/// <summary>The frequency below which 85 % of the magnitude of the spectrum of a recording lies, over its active frames.</summary>
/// <remarks>As librosa.feature.spectral_rolloff: the first bin up to which Σ |X| reaches 85 % of the sum over all bins; the mean over the active frames, as in spectral-centroid. Of the mean of the channels; no value under 2048 samples, and where a sample is NaN or infinite.</remarks>
[Signal(MeasuredOn.Recording, Unit = "Hz")]
internal sealed partial class SpectralRolloff() : Signal<SpectralShape>(new SpectralShapeMeasure())
{
    /// <inheritdoc/>
    protected override IEnumerable<Reading> Read(SpectralShape result) => [Reading.Of(result.Rolloff)];
}

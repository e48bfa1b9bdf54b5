namespace ModelGate.Signals.Audio;

/// <summary>The frequency below which 99 % of the magnitude of the spectrum of a recording lies, over its active frames.</summary>
/// <remarks>As spectral-rolloff, with 99 %.</remarks>
[Signal(MeasuredOn.Recording, Unit = "Hz")]
internal sealed partial class SpectralRolloffHigh() : Signal<SpectralShape>(new SpectralShapeMeasure())
{
    /// <inheritdoc/>
    protected override IEnumerable<Reading> Read(SpectralShape result) => [Reading.Of(result.HighRolloff)];
}

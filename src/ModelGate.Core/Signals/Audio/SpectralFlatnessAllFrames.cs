using ModelGate.Runs;

namespace ModelGate.Signals.Audio;

/// <summary>The spectral flatness over all frames, silent ones too.</summary>
/// <remarks>As spectral-flatness, averaged over every frame: librosa.feature.spectral_flatness(...).mean(). Digital silence counts as 1.</remarks>
[Signal(MeasuredOn.Recording, Better = Better.Lower)]
internal sealed partial class SpectralFlatnessAllFrames() : Signal<Flatness>(new FlatnessMeasure())
{
    /// <inheritdoc/>
    protected override IEnumerable<Reading> Read(Flatness result) => [Reading.Of(result.Mean)];
}

using ModelGate.Runs;

namespace ModelGate.Signals.Audio;

/// <summary>How noise-like a recording is below 8 kHz, over its active frames.</summary>
/// <remarks>As spectral-flatness, over the bins from 1 to ⌊8000·2048/rate⌋, or to the last one where the rate is below 16 kHz.</remarks>
[Signal(MeasuredOn.Recording, Better = Better.Lower)]
internal sealed partial class SpeechBandFlatness() : Signal<Flatness>(new FlatnessMeasure())
{
    /// <inheritdoc/>
    protected override IEnumerable<Reading> Read(Flatness result) => [Reading.Of(result.SpeechBandMean)];
}

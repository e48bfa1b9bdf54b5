using ModelGate.Runs;

namespace ModelGate.Signals.Audio;

/// <summary>How noise-like a recording is, over its active frames: from 0 for a tone over 0.56 for white noise to 1.</summary>
/// <remarks>
/// The ratio of the geometric mean to the arithmetic mean of a frame's power spectrum (Dubnov 2004), averaged over the active frames: those whose RMS is
/// above -60 dBFS. librosa's definition: channels are averaged first; frames of 2048 samples every 512 samples, periodic Hann window, centred with zeros at both
/// ends, power of at least 1e-10 in each of 1025 bins, 1 + ⌊N/512⌋ frames. There is no value for fewer than 2048
/// samples, for silence, or if any sample is NaN or infinite.
/// </remarks>
[Signal(MeasuredOn.Recording, Better = Better.Lower)]
internal sealed partial class SpectralFlatness() : Signal<Flatness>(new FlatnessMeasure())
{
    /// <inheritdoc/>
    protected override IEnumerable<Reading> Read(Flatness result) => [Reading.Of(result.ActiveMean)];
}

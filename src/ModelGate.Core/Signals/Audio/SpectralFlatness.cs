using ModelGate.Runs;

namespace ModelGate.Signals.Audio;

/// <summary>How noise-like a recording is, over its active frames: from 0 for a tone over 0.56 for white noise to 1.</summary>
/// <remarks>
/// The geometric mean of a frame's power spectrum divided by its arithmetic mean (Dubnov 2004), averaged over all frames with an RMS above -60 dBFS. The
/// computation follows librosa: the channels are averaged to mono; frames of 2048 samples, 512 samples apart, are centred, zero-padded at both ends and
/// multiplied by a periodic Hann window, which gives 1 + ⌊N/512⌋ frames of 1025 bins; power below 1e-10 is raised to that value. The signal has no value for
/// recordings shorter than 2048 samples, for silence, and if a sample is NaN or infinite.
/// </remarks>
[Signal(MeasuredOn.Recording, Better = Better.Lower)]
internal sealed partial class SpectralFlatness() : Signal<Flatness>(new FlatnessMeasure())
{
    /// <inheritdoc/>
    protected override IEnumerable<Reading> Read(Flatness result) => [Reading.Of(result.ActiveMean)];
}

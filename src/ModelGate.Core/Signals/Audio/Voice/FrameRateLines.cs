using ModelGate.Runs;

namespace ModelGate.Signals.Audio.Voice;

/// <summary>How far lines at multiples of a vocoder's frame rate stand out of the spectrum: a voice below 2 dB, a vocoder that hums from 11 dB on.</summary>
/// <remarks>
/// The mean power of each bin in dB over the active frames (as in spectral-flatness). A line stands out by the higher of the two bins around its frequency, less the median of the bins from 3 to 8 away on both sides. The mean over
/// the multiples of rate/hop above 100 Hz and up to 8 kHz, for the hop of 160, 200, 240, 256, 300, 320, 400, 441, 480 and 512 samples that gives most. No value without an active frame.
/// </remarks>
[Signal(MeasuredOn.Recording, Unit = "dB", Better = Better.Lower)]
internal sealed partial class FrameRateLines() : Signal<TonalLines>(new TonalLinesMeasure())
{
    /// <inheritdoc/>
    protected override IEnumerable<Reading> Read(TonalLines result) => [Reading.Of(result.AtFrameRate)];
}

using ModelGate.Runs;

namespace ModelGate.Signals.Audio.Voice;

/// <summary>How far a line at a multiple of 1 kHz stands out of the spectrum: a voice below 8 dB, a test tone under speech from 30 dB on.</summary>
/// <remarks>As frame-rate-lines, for the multiple of 1 kHz up to 8 kHz that stands out most.</remarks>
[Signal(MeasuredOn.Recording, Unit = "dB", Better = Better.Lower)]
internal sealed partial class KilohertzLines() : Signal<TonalLines>(new TonalLinesMeasure())
{
    /// <inheritdoc/>
    protected override IEnumerable<Reading> Read(TonalLines result) => [Reading.Of(result.AtKilohertz)];
}

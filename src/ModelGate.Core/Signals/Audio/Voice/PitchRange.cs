using ModelGate.Runs;

namespace ModelGate.Signals.Audio.Voice;

/// <summary>How much the pitch of a recording varies: the range between the quartiles of ln F0.</summary>
/// <remarks>F0 of the periodic frames (as in periodic-share): the first trough of YIN's normalised difference below 0.1, else its least value, with a parabola; quartiles by linear interpolation. No value without a periodic frame.</remarks>
[Signal(MeasuredOn.Recording, Unit = "ln", Better = Better.Higher)]
internal sealed partial class PitchRange() : Signal<PitchStatistics>(new PitchMeasure())
{
    /// <inheritdoc/>
    protected override IEnumerable<Reading> Read(PitchStatistics result) => [Reading.Of(result.QuartileRange)];
}

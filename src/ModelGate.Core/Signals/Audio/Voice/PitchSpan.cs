using ModelGate.Runs;

namespace ModelGate.Signals.Audio.Voice;

/// <summary>The range of pitch of a recording.</summary>
/// <remarks>From the 5th to the 95th percentile of F0 over the periodic frames (as in pitch-range), in semitones. No value without a periodic frame.</remarks>
[Signal(MeasuredOn.Recording, Unit = "semitones", Better = Better.Higher)]
internal sealed partial class PitchSpan() : Signal<PitchStatistics>(new PitchMeasure())
{
    /// <inheritdoc/>
    protected override IEnumerable<Reading> Read(PitchStatistics result) => [Reading.Of(result.Semitones)];
}

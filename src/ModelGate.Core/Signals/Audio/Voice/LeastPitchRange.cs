using ModelGate.Runs;

namespace ModelGate.Signals.Audio.Voice;

/// <summary>The range of the pitch in the stretch of 10 seconds in which it is least: one that hums or beeps for a while.</summary>
/// <remarks>What pitch-range is, of each stretch by itself, of those that are periodic for a second. Stretches are 10 seconds long and begin every 2.5 seconds; the last one ends with the recording and may be up to 2.5 seconds shorter; a recording of 10 seconds or less is one. Those that are active for less than 2 seconds do not count. Of the mean of the channels.</remarks>
[Signal(MeasuredOn.Recording, Unit = "ln", Better = Better.Higher)]
internal sealed partial class LeastPitchRange() : Signal<PitchStatistics>(new PitchMeasure())
{
    /// <inheritdoc/>
    protected override IEnumerable<Reading> Read(PitchStatistics result) => [Reading.Of(result.Steadiest?.Value)];
}

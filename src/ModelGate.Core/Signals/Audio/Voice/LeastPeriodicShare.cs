using ModelGate.Runs;

namespace ModelGate.Signals.Audio.Voice;

/// <summary>The share of periodic frames in the stretch of 10 seconds in which it is least.</summary>
/// <remarks>What periodic-share is, of each stretch by itself. Stretches are 10 seconds long and begin every 2.5 seconds; the last one ends with the recording and may be up to 2.5 seconds shorter; a recording of 10 seconds or less is one. Those that are active for less than 2 seconds do not count. Of the mean of the channels.</remarks>
[Signal(MeasuredOn.Recording, Unit = "of the active frames", Better = Better.Higher)]
internal sealed partial class LeastPeriodicShare() : Signal<PitchStatistics>(new PitchMeasure())
{
    /// <inheritdoc/>
    protected override IEnumerable<Reading> Read(PitchStatistics result) => [Reading.Of(result.LeastPeriodic?.Value)];
}

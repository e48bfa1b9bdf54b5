using ModelGate.Runs;

namespace ModelGate.Signals.Audio.Voice;

/// <summary>The deviation of the level in the stretch of 10 seconds in which it is least: noise, a hum or a beep that lasts for a while stands still.</summary>
/// <remarks>What level-deviation is, of each stretch by itself. Stretches are 10 seconds long and begin every 2.5 seconds; the last one ends with the recording and may be up to 2.5 seconds shorter; a recording of 10 seconds or less is one. Those that are active for less than 2 seconds do not count. Of the mean of the channels.</remarks>
[Signal(MeasuredOn.Recording, Unit = "dB", Better = Better.Higher)]
internal sealed partial class LeastLevelDeviation() : Signal<FrameLevels>(new FrameLevelsMeasure())
{
    /// <inheritdoc/>
    protected override IEnumerable<Reading> Read(FrameLevels result) => [Reading.Of(result.Steadiest?.Value)];
}

using ModelGate.Runs;
using ModelGate.Signals.Mathematics;

namespace ModelGate.Signals.Audio.Voice;

/// <summary>The deviation of the mel bands in the stretch of 10 seconds in which it is least.</summary>
/// <remarks>What mel-deviation is, of each stretch by itself. Stretches are 10 seconds long and begin every 2.5 seconds; the last one ends with the recording and may be up to 2.5 seconds shorter; a recording of 10 seconds or less is one. Those that are active for less than 2 seconds do not count. Of the mean of the channels.</remarks>
[Signal(MeasuredOn.Recording, Unit = "ln", Better = Better.Higher)]
internal sealed partial class LeastMelDeviation(MelSettings? settings = null) : Signal<MelStatistics>(new MelMeasure(settings)), IMelSignal
{
    /// <inheritdoc/>
    public Signal In(MelSettings settings) => new LeastMelDeviation(settings);

    /// <inheritdoc/>
    protected override IEnumerable<Reading> Read(MelStatistics result) => [Reading.Of(result.Steadiest?.Value)];
}

using ModelGate.Runs;

namespace ModelGate.Signals.Audio.Voice;

/// <summary>The share of the periodic frames at whose pitch a vocoder hums by itself: at multiples of its frame rate.</summary>
/// <remarks>F0 (as in pitch-range) within 0.05 % of a multiple of rate/hop, for the hop of 160, 200, 240, 256, 300, 320, 400, 441, 480 and 512 samples that has most such frames. No value without a periodic frame.</remarks>
[Signal(MeasuredOn.Recording, Unit = "of the periodic frames", Better = Better.Lower)]
internal sealed partial class FrameRatePitch() : Signal<PitchStatistics>(new PitchMeasure())
{
    /// <inheritdoc/>
    protected override IEnumerable<Reading> Read(PitchStatistics result) => [Reading.Of(result.AtFrameRate)];
}

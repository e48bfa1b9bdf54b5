using ModelGate.Runs;

namespace ModelGate.Signals.Audio.Voice;

/// <summary>The level of what is heard in the silent frames of a recording.</summary>
/// <remarks>10 log10 of the mean power of the frames of 2048 samples, every 512, whose RMS is at -60 dBFS or below. No value without such a frame, and for digital silence. Of the mean of the channels; no value under 2048 samples, and where a sample is NaN or infinite.</remarks>
[Signal(MeasuredOn.Recording, Unit = "dBFS", Better = Better.Lower)]
internal sealed partial class SilenceLevel() : Signal<FrameLevels>(new FrameLevelsMeasure())
{
    /// <inheritdoc/>
    protected override IEnumerable<Reading> Read(FrameLevels result) => [Reading.Of(result.SilentDecibels)];
}

using ModelGate.Runs;

namespace ModelGate.Signals.Audio.Voice;

/// <summary>How much the level of a recording varies while it is not silent: speech 3.6 to 17 dB, steady noise, hum and tones below 2.4.</summary>
/// <remarks>The standard deviation of 20 log10(RMS) over the frames of 2048 samples, every 512, whose RMS is above -60 dBFS. Of the mean of the channels; no value under 2048 samples, and where a sample is NaN or infinite.</remarks>
[Signal(MeasuredOn.Recording, Unit = "dB", Better = Better.Higher)]
internal sealed partial class LevelDeviation() : Signal<FrameLevels>(new FrameLevelsMeasure())
{
    /// <inheritdoc/>
    protected override IEnumerable<Reading> Read(FrameLevels result) => [Reading.Of(result.Deviation)];
}

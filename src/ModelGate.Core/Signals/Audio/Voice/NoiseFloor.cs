using ModelGate.Runs;

namespace ModelGate.Signals.Audio.Voice;

/// <summary>The level of the quietest tenth of a recording.</summary>
/// <remarks>The 10th percentile, by linear interpolation, of the RMS of all frames of 2048 samples, every 512, centred, with zeros at both ends; in dB. Of more than 262,144 frames every second counts, of more than twice that every fourth, and so on. No value where a tenth is digital silence. Of the mean of the channels; no value under 2048 samples, and where a sample is NaN or infinite.</remarks>
[Signal(MeasuredOn.Recording, Unit = "dBFS", Better = Better.Lower)]
internal sealed partial class NoiseFloor() : Signal<FrameLevels>(new FrameLevelsMeasure())
{
    /// <inheritdoc/>
    protected override IEnumerable<Reading> Read(FrameLevels result) => [Reading.Of(result.LowDecibels)];
}

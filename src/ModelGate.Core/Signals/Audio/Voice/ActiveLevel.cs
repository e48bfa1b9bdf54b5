namespace ModelGate.Signals.Audio.Voice;

/// <summary>The level of a recording while it is not silent.</summary>
/// <remarks>10 log10 of the mean power of the frames of 2048 samples, every 512, whose RMS is above -60 dBFS. Of the mean of the channels; no value under 2048 samples, and where a sample is NaN or infinite.</remarks>
[Signal(MeasuredOn.Recording, Unit = "dBFS")]
internal sealed partial class ActiveLevel() : Signal<FrameLevels>(new FrameLevelsMeasure())
{
    /// <inheritdoc/>
    protected override IEnumerable<Reading> Read(FrameLevels result) => [Reading.Of(result.ActiveDecibels)];
}

namespace ModelGate.Signals.Audio.Voice;

/// <summary>The longest silence of a recording.</summary>
/// <remarks>The longest run of silent frames (as in silent-share) times 512 samples. Of the mean of the channels; no value under 2048 samples, and where a sample is NaN or infinite.</remarks>
[Signal(MeasuredOn.Recording, Unit = "s")]
internal sealed partial class LongestSilence() : Signal<FrameLevels>(new FrameLevelsMeasure())
{
    /// <inheritdoc/>
    protected override IEnumerable<Reading> Read(FrameLevels result) => [Reading.Of(result.LongestSilence)];
}

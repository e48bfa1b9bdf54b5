namespace ModelGate.Signals.Audio.Voice;

/// <summary>The share of a recording's frames that are silent, from 0 to 1.</summary>
/// <remarks>Frames of 2048 samples every 512, centred, zeros at both ends; silent where the RMS, without a window, is at -60 dBFS or below. An offset lifts every frame over it. Of the mean of the channels; no value under 2048 samples, and where a sample is NaN or infinite.</remarks>
[Signal(MeasuredOn.Recording, Unit = "of the frames")]
internal sealed partial class SilentShare() : Signal<FrameLevels>(new FrameLevelsMeasure())
{
    /// <inheritdoc/>
    protected override IEnumerable<Reading> Read(FrameLevels result) => [Reading.Of(result.SilentShare)];
}

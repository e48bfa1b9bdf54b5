namespace ModelGate.Signals.Audio.Voice;

/// <summary>How often a second the samples change sign while the recording is not silent.</summary>
/// <remarks>librosa's zero_crossing_rate of the samples less their mean: frames of 2048 samples every 512, the first and the last sample repeated at the ends; the mean over the frames whose RMS is above -60 dBFS, times the rate. Of the mean of the channels; no value under 2048 samples, and where a sample is NaN or infinite.</remarks>
[Signal(MeasuredOn.Recording, Unit = "1/s")]
internal sealed partial class ZeroCrossingsActive() : Signal<Crossings>(new CrossingsMeasure())
{
    /// <inheritdoc/>
    protected override IEnumerable<Reading> Read(Crossings result) => [Reading.Of(result.ActivePerSecond)];
}

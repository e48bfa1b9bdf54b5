namespace ModelGate.Signals.Audio.Voice;

/// <summary>How often a second the samples change sign.</summary>
/// <remarks>The mean is taken away (of the first 4,194,304 samples); |z| up to 1e-10 is zero, and zero is positive; changes between neighbours over the duration. Of the mean of the channels; no value under 2048 samples, and where a sample is NaN or infinite.</remarks>
[Signal(MeasuredOn.Recording, Unit = "1/s")]
internal sealed partial class ZeroCrossings() : Signal<VoiceStatistics>(new VoiceMeasure())
{
    /// <inheritdoc/>
    protected override IEnumerable<Reading> Read(VoiceStatistics result) => [Reading.Of(result.Crossings)];
}

namespace ModelGate.Signals.Audio;

/// <summary>How far the peak of a recording is above its RMS.</summary>
/// <remarks>20 log10(peak/RMS) of the mean of the channels, and of each channel; a full-scale square wave has 0 dB, a sine 3 dB, speech 11 to 23 dB. No value for digital silence, and where a sample is NaN or infinite.</remarks>
[Signal(MeasuredOn.Recording, Unit = "dB")]
internal sealed partial class CrestFactor() : Signal<SampleLevels>(new SampleMeasure())
{
    /// <inheritdoc/>
    protected override IEnumerable<Reading> Read(SampleLevels result) => result.Readings(l => l.CrestDecibels);
}

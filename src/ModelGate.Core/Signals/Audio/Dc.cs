namespace ModelGate.Signals.Audio;

/// <summary>The mean of the samples, which a sound recording has near 0.</summary>
/// <remarks>Σ y/N over the mean y of the channels, and over each channel; full scale is 1.</remarks>
[Signal(MeasuredOn.Recording, Unit = "FS")]
internal sealed partial class Dc() : Signal<SampleLevels>(new SampleMeasure())
{
    /// <inheritdoc/>
    protected override IEnumerable<Reading> Read(SampleLevels result) => result.Readings(l => l.Mean);
}

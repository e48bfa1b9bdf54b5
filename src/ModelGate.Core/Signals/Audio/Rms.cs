namespace ModelGate.Signals.Audio;

/// <summary>The root mean square of the samples; full scale is 1.</summary>
/// <remarks>√(Σ y²/N) over the mean y of the channels, and over each channel.</remarks>
[Signal(MeasuredOn.Recording, Unit = "FS")]
internal sealed partial class Rms() : Signal<SampleLevels>(new SampleMeasure())
{
    /// <inheritdoc/>
    protected override IEnumerable<Reading> Read(SampleLevels result) => result.Readings(l => l.Rms);
}

namespace ModelGate.Signals.Audio;

/// <summary>The largest absolute sample; full scale is 1.</summary>
/// <remarks>max |y| over the mean y of the channels, and over each channel. Floats are taken as they are, so that a value above 1 shows.</remarks>
[Signal(MeasuredOn.Recording, Unit = "FS")]
internal sealed partial class Peak() : Signal<SampleLevels>(new SampleMeasure())
{
    /// <inheritdoc/>
    protected override IEnumerable<Reading> Read(SampleLevels result) => result.Readings(l => l.Peak);
}

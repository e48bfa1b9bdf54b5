namespace ModelGate.Signals.Audio.Voice;

/// <summary>How often a second the samples change sign.</summary>
/// <remarks>The mean of all samples is taken away; |z| up to 1e-10 is zero, and zero is positive; changes between neighbours over the duration. Of the mean of the channels; no value where a sample is NaN or infinite.</remarks>
[Signal(MeasuredOn.Recording, Unit = "1/s")]
internal sealed partial class ZeroCrossings() : Signal<Crossings>(new CrossingsMeasure())
{
    /// <inheritdoc/>
    protected override IEnumerable<Reading> Read(Crossings result) => [Reading.Of(result.PerSecond)];
}

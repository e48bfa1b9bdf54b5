namespace ModelGate.Signals.Audio.Voice;

/// <summary>How often a second the samples change sign as they are, with whatever offset they have.</summary>
/// <remarks>As zero-crossings, but the mean stays. Of the mean of the channels; no value where a sample is NaN or infinite.</remarks>
[Signal(MeasuredOn.Recording, Unit = "1/s")]
internal sealed partial class ZeroCrossingsRaw() : Signal<Crossings>(new CrossingsMeasure())
{
    /// <inheritdoc/>
    protected override IEnumerable<Reading> Read(Crossings result) => [Reading.Of(result.RawPerSecond)];
}

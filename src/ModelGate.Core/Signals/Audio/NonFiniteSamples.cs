using ModelGate.Runs;

namespace ModelGate.Signals.Audio;

/// <summary>The number of samples, over all channels, that are NaN or infinite.</summary>
/// <remarks>Only float files can hold them. One of them, and no other signal of the recording has a value.</remarks>
[Signal(MeasuredOn.Recording, Unit = "samples", Better = Better.Lower)]
internal sealed partial class NonFiniteSamples() : Signal<SampleLevels>(new SampleMeasure())
{
    /// <inheritdoc/>
    protected override IEnumerable<Reading> Read(SampleLevels result) => [Reading.Of(result.NonFinite)];
}

using ModelGate.Runs;

namespace ModelGate.Signals.Audio;

/// <summary>The share of the samples, over all channels, that lie beyond full scale, where players cut them off.</summary>
/// <remarks>Samples with |x| above 1, of all samples of all channels. Only float files can hold them.</remarks>
[Signal(MeasuredOn.Recording, Unit = "of the samples", Better = Better.Lower)]
internal sealed partial class SamplesBeyondFullScale() : Signal<SampleLevels>(new SampleMeasure())
{
    /// <inheritdoc/>
    protected override IEnumerable<Reading> Read(SampleLevels result) => [Reading.Of(result.Mixed is null ? null : result.BeyondFullScale)];
}

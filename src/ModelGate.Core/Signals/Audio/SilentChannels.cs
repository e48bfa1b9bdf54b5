using ModelGate.Runs;

namespace ModelGate.Signals.Audio;

/// <summary>The channels of a recording in which nothing is heard.</summary>
/// <remarks>Those whose RMS, the mean removed, is at or below -60 dBFS. No value where a sample is NaN or infinite, or where there is none.</remarks>
[Signal(MeasuredOn.Recording, Unit = "channels", Better = Better.Lower)]
internal sealed partial class SilentChannels() : Signal<SampleLevels>(new SampleMeasure())
{
    /// <inheritdoc/>
    protected override IEnumerable<Reading> Read(SampleLevels result) => [Reading.Of(result.Mixed is null ? null : result.Silent.Count())];
}

using ModelGate.Runs;

namespace ModelGate.Signals.Audio.Voice;

/// <summary>The most samples in a row, in one channel, that are at full scale.</summary>
/// <remarks>|sample| of 0.999 or more.</remarks>
[Signal(MeasuredOn.Recording, Unit = "samples", Better = Better.Lower)]
internal sealed partial class ClippedRun() : Signal<Clipping>(new ClippingMeasure())
{
    /// <inheritdoc/>
    protected override IEnumerable<Reading> Read(Clipping result) => result.Readings(result.LongestRun, c => c.LongestRun);
}

using ModelGate.Runs;

namespace ModelGate.Signals.Audio.Voice;

/// <summary>The share of the samples that are at full scale.</summary>
/// <remarks>|sample| of 0.999 or more, before the channels are mixed; over all channels, and in each.</remarks>
[Signal(MeasuredOn.Recording, Unit = "of the samples", Better = Better.Lower)]
internal sealed partial class ClippedShare() : Signal<Clipping>(new ClippingMeasure())
{
    /// <inheritdoc/>
    protected override IEnumerable<Reading> Read(Clipping result) => result.Readings(result.Share ?? 0, c => c.Share);
}

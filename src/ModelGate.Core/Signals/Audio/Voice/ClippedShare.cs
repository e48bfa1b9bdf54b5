using ModelGate.Runs;

namespace ModelGate.Signals.Audio.Voice;

/// <summary>The share of the samples, over all channels, that are at full scale.</summary>
/// <remarks>|sample| of 0.999 or more, before the channels are mixed.</remarks>
[Signal(MeasuredOn.Recording, Unit = "of the samples", Better = Better.Lower)]
internal sealed partial class ClippedShare() : Signal<Clipping>(new ClippingMeasure())
{
    /// <inheritdoc/>
    protected override IEnumerable<Reading> Read(Clipping result) => [Reading.Of(result.Share)];
}

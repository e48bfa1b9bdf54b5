using ModelGate.Runs;

namespace ModelGate.Signals.Audio.Voice;

/// <summary>The number of clicks in a recording: jumps between neighbouring samples that what is around them does not explain.</summary>
/// <remarks>
/// Of the mean of the channels, with zeros before the first sample and after the last. In each block of 5 ms, the largest |difference| of neighbours divided by the RMS of the differences within 5 ms on
/// both sides, without the three next to it on each side, or by 0.0001 where that is less; a click where the quotient is above 40 and the jump above 0.05.
/// </remarks>
[Signal(MeasuredOn.Recording, Unit = "clicks", Better = Better.Lower)]
internal sealed partial class ClickCount() : Signal<Clicks>(new ClickMeasure())
{
    /// <inheritdoc/>
    protected override IEnumerable<Reading> Read(Clicks result) => [Reading.Of(result.Count)];
}

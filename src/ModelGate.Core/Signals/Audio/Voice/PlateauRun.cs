using ModelGate.Runs;

namespace ModelGate.Signals.Audio.Voice;

/// <summary>The most equal samples in a row near a recording's own peak: what was clipped and then turned down has plateaus.</summary>
/// <remarks>In the mean of the channels, where its absolute value is within 1 % of its peak. Digital silence is one plateau.</remarks>
[Signal(MeasuredOn.Recording, Unit = "samples", Better = Better.Lower)]
internal sealed partial class PlateauRun() : Signal<Clipping>(new ClippingMeasure())
{
    /// <inheritdoc/>
    protected override IEnumerable<Reading> Read(Clipping result) => [Reading.Of(result.Share is null ? null : result.LongestPlateau)];
}

using ModelGate.Runs;

namespace ModelGate.Signals.Audio.Voice;

/// <summary>The most equal samples in a row near a recording's own peak: what was clipped and then turned down has plateaus.</summary>
/// <remarks>In each channel, where its absolute value is within 1 % of its peak; of several, the one that has most. Digital silence is one plateau.</remarks>
[Signal(MeasuredOn.Recording, Unit = "samples", Better = Better.Lower, Revision = 2)]
internal sealed partial class PlateauRun() : Signal<Clipping>(new ClippingMeasure())
{
    /// <inheritdoc/>
    protected override IEnumerable<Reading> Read(Clipping result) => result.Readings(result.LongestPlateau, c => c.LongestPlateau);
}

using ModelGate.Runs;

namespace ModelGate.Signals.Audio;

/// <summary>The flatness within the occupied band of the stretch of 10 seconds in which it is highest: noise that lasts for a while.</summary>
/// <remarks>What occupied-band-flatness is, of each stretch by itself, over the band that it occupies. Stretches are 10 seconds long and begin every 2.5 seconds; the last one ends with the recording and may be up to 2.5 seconds shorter; a recording of 10 seconds or less is one. Those that are active for less than 2 seconds do not count. Of each channel; of several, the flattest.</remarks>
[Signal(MeasuredOn.Recording, Better = Better.Lower)]
internal sealed partial class HighestBandFlatness() : Signal<BandFlatness>(new OccupiedBandMeasure())
{
    /// <inheritdoc/>
    protected override IEnumerable<Reading> Read(BandFlatness result) => [Reading.Of(result.Channels.Max(c => c.Flattest?.Value))];
}

namespace ModelGate.Signals.Audio;

/// <summary>Where the occupied band ends.</summary>
/// <remarks>The upper edge of the band of occupied-band-flatness, of the flattest channel and of each channel. Half the sample rate where nothing above is empty.</remarks>
[Signal(MeasuredOn.Recording, Unit = "Hz")]
internal sealed partial class OccupiedBandHigh() : Signal<BandFlatness>(new OccupiedBandMeasure())
{
    /// <inheritdoc/>
    protected override IEnumerable<Reading> Read(BandFlatness result) => result.Readings(c => c.High);
}

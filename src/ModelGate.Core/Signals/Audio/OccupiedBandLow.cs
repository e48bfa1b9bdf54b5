namespace ModelGate.Signals.Audio;

/// <summary>Where the occupied band begins.</summary>
/// <remarks>The lower edge of the band of occupied-band-flatness, of the flattest channel and of each channel.</remarks>
[Signal(MeasuredOn.Recording, Unit = "Hz")]
internal sealed partial class OccupiedBandLow() : Signal<BandFlatness>(new OccupiedBandMeasure())
{
    /// <inheritdoc/>
    protected override IEnumerable<Reading> Read(BandFlatness result) => result.Readings(c => c.Low);
}

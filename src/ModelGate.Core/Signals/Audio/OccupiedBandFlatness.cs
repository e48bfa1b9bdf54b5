using ModelGate.Runs;

namespace ModelGate.Signals.Audio;

/// <summary>How noise-like the flattest channel is within the band that it occupies: from 0 for a tone over 0.56 for noise to 1.</summary>
/// <remarks>
/// As spectral-flatness, but of each channel by itself, and with the means taken only over the bins of the occupied band, so that noise is flat also where it fills a
/// part of the spectrum. A bin is occupied where the geometric mean of its power over the active frames is at most 40 dB below that of
/// the loudest bin. The band reaches from the first occupied bin to the last, moved inwards to the next of these edges, and to the whole
/// spectrum where both ends are occupied. In bins of rate/2048, lower edges: 0, 4, 8, 16, 24, 32, 48, 64, 96, 128, 192, 256, 320,
/// 384, 448, 512, 640, 768; upper edges: each 16 up to 496, each 32 from 512, 1025. Where less than 1 kHz is left, it is the
/// smallest band between such edges that holds all occupied bins and is 1 kHz wide. A value for the whole file is that of the flattest active channel.
/// </remarks>
[Signal(MeasuredOn.Recording, Better = Better.Lower)]
internal sealed partial class OccupiedBandFlatness() : Signal<BandFlatness>(new OccupiedBandMeasure())
{
    /// <inheritdoc/>
    protected override IEnumerable<Reading> Read(BandFlatness result) => result.Readings(c => c.Value);
}

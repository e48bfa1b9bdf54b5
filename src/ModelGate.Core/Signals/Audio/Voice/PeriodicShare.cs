namespace ModelGate.Signals.Audio.Voice;

/// <summary>The share of a recording's active frames that are periodic, from 0 to 1: noise and whispers have none.</summary>
/// <remarks>YIN (de Cheveigné and Kawahara 2002): frames of 2^⌈log2(0.04 rate)⌉ samples, every quarter of that, the mean removed; d(k) = 2(a0 - ak) - Σ of the first k squares, as librosa has it; lags from rate/800 to rate/65. A frame is periodic where its RMS is above -60 dBFS and the normalised difference falls below 0.2. Of the mean of the channels; no value under 2048 samples, and where a sample is NaN or infinite.</remarks>
[Signal(MeasuredOn.Recording, Unit = "of the active frames")]
internal sealed partial class PeriodicShare() : Signal<PitchStatistics>(new PitchMeasure())
{
    /// <inheritdoc/>
    protected override IEnumerable<Reading> Read(PitchStatistics result) => [Reading.Of(result.PeriodicShare)];
}

namespace ModelGate.Signals.Audio.Voice;

/// <summary>The peak of the waveform between and at the samples, which a converter or a codec will meet.</summary>
/// <remarks>ITU-R BS.1770-4, annex 2: the largest |value| after oversampling four times with the filter of 48 coefficients, of each channel and of all; full scale is 0 dBTP. No value for digital silence, and where a sample is NaN or infinite.</remarks>
[Signal(MeasuredOn.Recording, Unit = "dBTP")]
internal sealed partial class TruePeak() : Signal<TruePeaks>(new TruePeakMeasure())
{
    /// <inheritdoc/>
    protected override IEnumerable<Reading> Read(TruePeaks result) => result.Readings();
}

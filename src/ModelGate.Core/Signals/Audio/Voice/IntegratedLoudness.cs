namespace ModelGate.Signals.Audio.Voice;

/// <summary>The integrated loudness of a recording.</summary>
/// <remarks>ITU-R BS.1770-4, EBU R 128: K-weighting derived for the recording's rate from the analogue values (De Man), whole blocks of 400 ms every 100 ms, gates at -70 LUFS and 10 LU below the mean; weights 1, 1, 1, 1.41, 1.41. No value for silence, under 400 ms, above five channels, and where a sample is NaN or infinite.</remarks>
[Signal(MeasuredOn.Recording, Unit = "LUFS")]
internal sealed partial class IntegratedLoudness() : Signal<Loudness>(new LoudnessMeasure())
{
    /// <inheritdoc/>
    protected override IEnumerable<Reading> Read(Loudness result) => [Reading.Of(result.Integrated)];
}

namespace ModelGate.Signals.Audio.Voice;

/// <summary>The median pitch of a recording.</summary>
/// <remarks>The median F0 of the periodic frames (as in pitch-range). No value without a periodic frame.</remarks>
[Signal(MeasuredOn.Recording, Unit = "Hz")]
internal sealed partial class VoicePitch() : Signal<PitchStatistics>(new PitchMeasure())
{
    /// <inheritdoc/>
    protected override IEnumerable<Reading> Read(PitchStatistics result) => [Reading.Of(result.Median)];
}

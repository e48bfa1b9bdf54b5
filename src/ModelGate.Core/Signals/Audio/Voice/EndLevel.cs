namespace ModelGate.Signals.Audio.Voice;

/// <summary>The level of the end of a recording beside that of the whole: a word that was cut off ends near 0 dB, a pause far below.</summary>
/// <remarks>The RMS of the last 5 ms of the mean of the channels, against the RMS of all of it.</remarks>
[Signal(MeasuredOn.Recording, Unit = "dB")]
internal sealed partial class EndLevel() : Signal<Clicks>(new ClickMeasure())
{
    /// <inheritdoc/>
    protected override IEnumerable<Reading> Read(Clicks result) => [Reading.Of(result.EndDecibels)];
}

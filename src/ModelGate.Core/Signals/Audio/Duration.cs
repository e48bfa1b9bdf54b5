namespace ModelGate.Signals.Audio;

/// <summary>The duration of the recording.</summary>
/// <remarks>The number of frames by the sample rate.</remarks>
[Signal(MeasuredOn.Recording, Unit = "s")]
internal sealed partial class Duration() : Signal<ClipForm>(new ClipFormMeasure())
{
    /// <inheritdoc/>
    protected override IEnumerable<Reading> Read(ClipForm result) => [Reading.Of(result.Seconds)];
}

namespace ModelGate.Signals.Audio;

/// <summary>The number of samples a second of one channel.</summary>
/// <remarks>As the file declares it.</remarks>
[Signal(MeasuredOn.Recording, Unit = "Hz")]
internal sealed partial class SampleRate() : Signal<ClipForm>(new ClipFormMeasure())
{
    /// <inheritdoc/>
    protected override IEnumerable<Reading> Read(ClipForm result) => [Reading.Of(result.SampleRate)];
}

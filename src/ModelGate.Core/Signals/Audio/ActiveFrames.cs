namespace ModelGate.Signals.Audio;

/// <summary>The share of the frames that are active, from 0 to 1.</summary>
/// <remarks>A frame of 2048 samples is active where its RMS, without a window, is above -60 dBFS.</remarks>
[Signal(MeasuredOn.Recording, Unit = "of the frames")]
internal sealed partial class ActiveFrames() : Signal<Flatness>(new FlatnessMeasure())
{
    /// <inheritdoc/>
    protected override IEnumerable<Reading> Read(Flatness result) => [Reading.Of(result.ActiveShare)];
}

using ModelGate.Signals.Mathematics;

namespace ModelGate.Signals.Audio.Voice;

/// <summary>How much the mel bands of a recording differ from each other while it is not silent: hum and muffled speech above 2.5.</summary>
/// <remarks>Log-mel frames as in mel-deviation; the standard deviation over the 80 bands of each active frame, the mean over the frames. Of the mean of the channels; no value under 2048 samples, and where a sample is NaN or infinite.</remarks>
[Signal(MeasuredOn.Recording, Unit = "ln")]
internal sealed partial class MelContrast(MelSettings? settings = null) : Signal<MelStatistics>(new MelMeasure(settings)), IMelSignal
{
    /// <inheritdoc/>
    public Signal In(MelSettings settings) => new MelContrast(settings);

    /// <inheritdoc/>
    protected override IEnumerable<Reading> Read(MelStatistics result) => [Reading.Of(result.Spectral)];
}

using ModelGate.Runs;
using ModelGate.Signals.Mathematics;

namespace ModelGate.Signals.Audio.Voice;

/// <summary>How much the mel spectrum of a recording varies while it is not silent.</summary>
/// <remarks>Log-mel frames as HiFi-GAN is trained on (n_fft and window 1024, hop 256, 80 Slaney bands to 8 kHz, ln), those whose 1024 samples have an RMS above -60 dBFS; the standard deviation over time of each band, the mean over the bands. Of the mean of the channels; no value under 2048 samples, and where a sample is NaN or infinite.</remarks>
[Signal(MeasuredOn.Recording, Unit = "ln", Better = Better.Higher)]
internal sealed partial class MelDeviation(MelSettings? settings = null) : Signal<MelStatistics>(new MelMeasure(settings)), IMelSignal
{
    /// <inheritdoc/>
    public Signal In(MelSettings settings) => new MelDeviation(settings);

    /// <inheritdoc/>
    protected override IEnumerable<Reading> Read(MelStatistics result) => [Reading.Of(result.Temporal)];
}

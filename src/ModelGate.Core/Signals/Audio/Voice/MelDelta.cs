using ModelGate.Runs;
using ModelGate.Signals.Mathematics;

namespace ModelGate.Signals.Audio.Voice;

/// <summary>How much the mel bands of a recording change from a frame to the next.</summary>
/// <remarks>Log-mel frames as in mel-deviation; the mean |difference| of the bands of neighbouring frames that are both active. Frames are 256 samples apart, so that values of different sample rates cannot be compared. Of the mean of the channels; no value under 2048 samples, and where a sample is NaN or infinite.</remarks>
[Signal(MeasuredOn.Recording, Unit = "ln", Better = Better.Higher)]
internal sealed partial class MelDelta(MelSettings? settings = null) : Signal<MelStatistics>(new MelMeasure(settings)), IMelSignal
{
    /// <inheritdoc/>
    public Signal In(MelSettings settings) => new MelDelta(settings);

    /// <inheritdoc/>
    protected override IEnumerable<Reading> Read(MelStatistics result) => [Reading.Of(result.Delta)];
}

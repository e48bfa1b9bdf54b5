using ModelGate.Runs;

namespace ModelGate.Signals.Audio.Pairs;

/// <summary>As log-mel-distance, over the frames in which the reference is active.</summary>
/// <remarks>A frame is active where the RMS of its 1024 samples, without a window, is above -60 dBFS.</remarks>
[Signal(MeasuredOn.OutputAndReference, Unit = "ln", Better = Better.Lower)]
internal sealed partial class LogMelDistanceActive : PairSignal
{
    /// <inheritdoc/>
    public override double? Of(RecordingPair pair) => pair.Comparison.Mel?.Active;
}

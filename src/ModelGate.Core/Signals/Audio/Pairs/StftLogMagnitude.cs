using ModelGate.Runs;

namespace ModelGate.Signals.Audio.Pairs;

/// <summary>The mean absolute difference of the log magnitudes of an output and its reference, over three resolutions.</summary>
/// <remarks>|ln R - ln O| at the resolutions of stft-convergence.</remarks>
[Signal(MeasuredOn.OutputAndReference, Unit = "ln", Better = Better.Lower)]
internal sealed partial class StftLogMagnitude : PairSignal
{
    /// <inheritdoc/>
    public override double? Of(RecordingPair pair) => pair.Comparison.StftLogMagnitude;
}

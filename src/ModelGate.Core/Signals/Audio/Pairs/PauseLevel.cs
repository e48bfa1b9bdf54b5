using ModelGate.Runs;

namespace ModelGate.Signals.Audio.Pairs;

/// <summary>The level of an output in the pauses of its reference, beside its level while it is active.</summary>
/// <remarks>The mean power of the output's frames (2048 samples every 512) whose reference frame, and all within 20 ms of it, are at -60 dBFS or below, against the mean power of the output's frames above -60 dBFS. It has no value where the durations differ by more than 2 %. The recording of the higher rate is resampled to the lower one; where the channels of the output differ, each is compared.</remarks>
[Signal(MeasuredOn.OutputAndReference, Unit = "dB", Better = Better.Lower)]
internal sealed partial class PauseLevel : PairSignal
{
    /// <inheritdoc/>
    public override double? Of(RecordingPair pair) => pair.IsOfOneTiming ? pair.Comparison.Pauses?.RelativeDecibels : null;
}

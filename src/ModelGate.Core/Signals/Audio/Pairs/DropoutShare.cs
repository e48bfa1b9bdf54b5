using ModelGate.Runs;

namespace ModelGate.Signals.Audio.Pairs;

/// <summary>The share of the sounding time of a reference in which the output is all but silent, from 0 to 1.</summary>
/// <remarks>Blocks of 10 ms in which the reference is above -40 dBFS; those in which the output has less than 5 % of its RMS are lost. It has no value where the durations differ by more than 2 %. The recording of the higher rate is resampled to the lower one; where the channels of the output differ, each is compared.</remarks>
[Signal(MeasuredOn.OutputAndReference, Unit = "of the time", Better = Better.Lower)]
internal sealed partial class DropoutShare : PairSignal
{
    /// <inheritdoc/>
    public override double? Of(RecordingPair pair) => pair.IsOfOneTiming ? pair.Comparison.Pauses?.DropoutShare : null;
}

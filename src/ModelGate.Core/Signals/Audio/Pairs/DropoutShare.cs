using ModelGate.Runs;

namespace ModelGate.Signals.Audio.Pairs;

/// <summary>The share of the sounding time of a reference in which the output is all but silent, from 0 to 1.</summary>
/// <remarks>Blocks of 10 ms in which the reference is above -40 dBFS; those in which the output has less than 5 % of its RMS are lost. The recording of the higher rate is resampled to the lower one; the channels are averaged to mono.</remarks>
[Signal(MeasuredOn.OutputAndReference, Unit = "of the time", Better = Better.Lower)]
internal sealed partial class DropoutShare : PairSignal
{
    /// <inheritdoc/>
    public override double? Of(RecordingPair pair) => pair.Comparison.Pauses?.DropoutShare;
}

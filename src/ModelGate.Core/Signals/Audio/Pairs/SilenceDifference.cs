using ModelGate.Runs;

namespace ModelGate.Signals.Audio.Pairs;

/// <summary>The silent share of an output less that of its reference.</summary>
/// <remarks>silent-share of both.</remarks>
[Signal(MeasuredOn.OutputAndReference, Unit = "of the frames", Better = Better.Lower)]
internal sealed partial class SilenceDifference : PairSignal
{
    /// <inheritdoc/>
    public override double? Of(RecordingPair pair) => pair.Output.Levels?.SilentShare - pair.Reference.Levels?.SilentShare;
}

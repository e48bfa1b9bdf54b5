namespace ModelGate.Signals.Audio.Pairs;

/// <summary>How far the pitch of an output lies above that of its reference, frame by frame.</summary>
/// <remarks>The median of 1200 log2 of the quotient of F0 (as in pitch-range) over the times at which both are periodic; each frame of the output with the nearest in time of the reference.</remarks>
[Signal(MeasuredOn.OutputAndReference, Unit = "cents")]
internal sealed partial class PitchOffset : PairSignal
{
    /// <inheritdoc/>
    public override double? Of(RecordingPair pair) => pair is { Output.Pitch: { } output, Reference.Pitch: { } reference } ? output.Track.OffsetFrom(reference.Track).Cents : null;
}

namespace ModelGate.Signals.Data;

/// <summary>How periodic recordings are at the pitch of other recordings: the largest pitch-fit of forty shuffled pairings.</summary>
/// <remarks>As pitch-fit, with each recording paired with the pitch of another one, at random and the same on every machine. It is what chance reaches.</remarks>
[Signal(MeasuredOn.DataSet)]
internal sealed partial class ShuffledPitchFit : Signal;

namespace ModelGate.Signals.Data;

/// <summary>How late the pitch of a data set is, in seconds.</summary>
/// <remarks>The lag, in steps of 20 ms, at which pitch-fit is largest; negative where it is early.</remarks>
[Signal(MeasuredOn.DataSet, Unit = "s")]
internal sealed partial class PitchLag : Signal;

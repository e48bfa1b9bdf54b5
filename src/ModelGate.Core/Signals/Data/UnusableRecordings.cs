namespace ModelGate.Signals.Data;

/// <summary>The recordings of a data set that are silent, clipped, duplicates, empty, unreadable or of another form than the others.</summary>
/// <remarks>Counted by the gate recordings-must-be-usable.</remarks>
[Signal(MeasuredOn.DataSet, Unit = "files")]
internal sealed partial class UnusableRecordings : Signal;

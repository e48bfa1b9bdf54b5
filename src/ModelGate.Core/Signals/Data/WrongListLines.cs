namespace ModelGate.Signals.Data;

/// <summary>How many lines of a data set's lists name a file that is not there, or files of several segments, or what another line names.</summary>
/// <remarks>Counted by the gate file-list-must-match-its-folders.</remarks>
[Signal(MeasuredOn.DataSet, Unit = "lines")]
internal sealed partial class WrongListLines : Signal;

namespace ModelGate.Signals.Data;

/// <summary>How many segments of a data set have all of their files and stand in none of its lists.</summary>
/// <remarks>Counted by the gate file-list-must-match-its-folders.</remarks>
[Signal(MeasuredOn.DataSet, Unit = "segments")]
internal sealed partial class UnlistedSegments : Signal;

namespace ModelGate.Signals.Data;

/// <summary>The duration of a data set's recordings.</summary>
/// <remarks>The sum over all segments, each once.</remarks>
[Signal(MeasuredOn.DataSet, Unit = "min")]
internal sealed partial class DataSetMinutes : Signal;

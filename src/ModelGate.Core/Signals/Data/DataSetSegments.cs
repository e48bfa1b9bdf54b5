namespace ModelGate.Signals.Data;

/// <summary>The segments of a data set.</summary>
/// <remarks>Recordings by name, over all of its folders.</remarks>
[Signal(MeasuredOn.DataSet, Unit = "segments")]
internal sealed partial class DataSetSegments : Signal;

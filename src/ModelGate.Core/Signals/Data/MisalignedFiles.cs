namespace ModelGate.Signals.Data;

/// <summary>The files of a data set that are longer or shorter than their recording.</summary>
/// <remarks>By more than the gate durations-must-align lets pass.</remarks>
[Signal(MeasuredOn.DataSet, Unit = "files")]
internal sealed partial class MisalignedFiles : Signal;

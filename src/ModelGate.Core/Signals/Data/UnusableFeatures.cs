namespace ModelGate.Signals.Data;

/// <summary>The files of features that hold NaN or infinity, never change, cannot be read, are of another width or of whole numbers, or are copies of another.</summary>
/// <remarks>Counted by the gate features-must-be-finite.</remarks>
[Signal(MeasuredOn.DataSet, Unit = "files")]
internal sealed partial class UnusableFeatures : Signal;

namespace ModelGate.Signals.Data;

/// <summary>The share of a data set's segments that lack a file in one of its folders.</summary>
/// <remarks>Names that one folder has and another has not, by all names.</remarks>
[Signal(MeasuredOn.DataSet)]
internal sealed partial class IncompleteSegments : Signal;

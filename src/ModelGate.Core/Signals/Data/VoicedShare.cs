namespace ModelGate.Signals.Data;

/// <summary>The share of the frames of a data set's pitch that are voiced.</summary>
/// <remarks>Frames whose pitch is above 0, over all files.</remarks>
[Signal(MeasuredOn.DataSet)]
internal sealed partial class VoicedShare : Signal;

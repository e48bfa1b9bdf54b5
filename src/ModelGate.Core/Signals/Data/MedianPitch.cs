namespace ModelGate.Signals.Data;

/// <summary>The pitch of a data set.</summary>
/// <remarks>The median of the medians of its files, over their voiced frames.</remarks>
[Signal(MeasuredOn.DataSet, Unit = "Hz")]
internal sealed partial class MedianPitch : Signal;

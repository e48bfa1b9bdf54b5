namespace ModelGate.Signals.Data;

/// <summary>How late the features of a data set are, in seconds.</summary>
/// <remarks>The lag, in steps of 20 ms, at which feature-fit is largest; negative where they are early.</remarks>
[Signal(MeasuredOn.DataSet, Unit = "s")]
internal sealed partial class FeatureLag : Signal;

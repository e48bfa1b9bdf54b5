namespace ModelGate.Signals.Keys;

/// <summary>The number of hyperparameters that are both declared and shown by the tensors.</summary>
/// <remarks>docs/families.md says which hyperparameters tensors show.</remarks>
[Signal(MeasuredOn.ModelAndConfiguration, Unit = "hyperparameters")]
internal sealed partial class ComparedHyperparameters : Signal;

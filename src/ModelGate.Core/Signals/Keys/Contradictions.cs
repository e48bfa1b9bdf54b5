using ModelGate.Runs;

namespace ModelGate.Signals.Keys;

/// <summary>The number of hyperparameters that the model's configuration declares and its tensors contradict.</summary>
/// <remarks>docs/families.md says which hyperparameters tensors show.</remarks>
[Signal(MeasuredOn.ModelAndConfiguration, Unit = "hyperparameters", Better = Better.Lower)]
internal sealed partial class Contradictions : Signal;

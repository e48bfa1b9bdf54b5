using ModelGate.Runs;

namespace ModelGate.Signals.Checkpoints;

/// <summary>The number of tensors of an export that equal those of the checkpoint that it is held against.</summary>
/// <remarks>Equality of all elements, bit for bit or both NaN, after rounding to the export's element type.</remarks>
[Signal(MeasuredOn.ExportAndCheckpoints, Unit = "tensors", Better = Better.Higher)]
internal sealed partial class EqualTensors : Signal;

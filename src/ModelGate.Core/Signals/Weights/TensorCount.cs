using ModelGate.Artifacts;

namespace ModelGate.Signals.Weights;

/// <summary>The number of tensors of a model.</summary>
/// <remarks>The entries of the state_dict.</remarks>
[Signal(MeasuredOn.Weights, Unit = "tensors")]
internal sealed partial class TensorCount() : Signal<Checkpoint>(new OutlineMeasure())
{
    /// <inheritdoc/>
    protected override IEnumerable<Reading> Read(Checkpoint result) => [Reading.Of(result.Weights.Count)];
}

using ModelGate.Artifacts;

namespace ModelGate.Signals.Weights;

/// <summary>The number of parameters of a model.</summary>
/// <remarks>The elements of all tensors of the state_dict, buffers too. The gate parameter-count-must-match counts those that its options select.</remarks>
[Signal(MeasuredOn.Weights, Unit = "parameters")]
internal sealed partial class ParameterCount() : Signal<Checkpoint>(new OutlineMeasure())
{
    /// <inheritdoc/>
    protected override IEnumerable<Reading> Read(Checkpoint result) => [Reading.Of(result.Weights.Values.Sum(t => (double)t.Elements))];
}

using ModelGate.Artifacts;

namespace ModelGate.Signals.Weights;

/// <summary>How far each weight of a model is from the one that its training started from.</summary>
/// <param name="Names">The start's name of each of the model's weights that is compared.</param>
internal sealed record MovementMeasure(IReadOnlyDictionary<string, string> Names) : PairMeasure<Checkpoint, Checkpoint, WeightMovement>
{
    /// <inheritdoc/>
    protected override WeightMovement Compute(Checkpoint left, Checkpoint right, CancellationToken cancellation)
    {
        var measured = new List<TensorMovement>();
        foreach (var (name, tensor) in left.Weights.Where(w => Names.ContainsKey(w.Key)))
        {
            if (right.Weights.TryGetValue(Names[name], out var start) && TensorMovement.Measure(name, tensor, start, cancellation) is { } movement)
            {
                measured.Add(movement);
            }
        }

        return new WeightMovement(measured);
    }
}

/// <summary>How far the weights of a model are from those that its training started from.</summary>
/// <param name="Tensors">In the order of the model's file.</param>
internal sealed record WeightMovement(IReadOnlyList<TensorMovement> Tensors);

using ModelGate.Architecture.Keys;
using ModelGate.Artifacts;

namespace ModelGate.Architecture.Remapping;

/// <summary>Weight norm's g of a plain weight: its norm over all dimensions in which the magnitude has size 1.</summary>
internal static class WeightMagnitude
{
    public static TensorEntry Of(string name, TensorEntry weight, IReadOnlyList<long> shape)
    {
        if (!WeightNormKeys.Fit(shape, weight.Shape))
        {
            throw new RemappingException(SafeText.Of($"{name} does not have the shape of a magnitude of {weight.Name}"));
        }

        TensorValues.RequireFloating(name, weight);
        var norms = new Lazy<double[]>(() => new KeptDimension(shape, weight.Shape).Norms(weight));
        return new TensorEntry(
            name, weight.DType, shape, shape.Aggregate(1L, (p, s) => p * s),
            new ComputedElements(weight.DType, (first, block) => norms.Value.AsSpan(checked((int)first), block.Length).CopyTo(block.Span)));
    }
}

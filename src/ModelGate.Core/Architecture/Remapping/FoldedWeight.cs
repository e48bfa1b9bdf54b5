using ModelGate.Architecture.Causes;
using ModelGate.Artifacts;

namespace ModelGate.Architecture.Remapping;

/// <summary>Weight norm folded: v * g / norm(v), the norm over all dimensions in which g has size 1.</summary>
/// <remarks>Salimans and Kingma, 2016; torch.nn.utils.weight_norm, whose <c>dim</c> is the one that g keeps.</remarks>
internal static class FoldedWeight
{
    public static TensorEntry Of(string name, TensorEntry g, TensorEntry v)
    {
        if (!WeightNormKeys.Fit(g.Shape, v.Shape))
        {
            throw new RemappingException(SafeText.Of($"{name} cannot be folded: {g.Name} does not have the shape of a magnitude of {v.Name}"));
        }

        TensorValues.RequireFloating(name, g, v);
        var kept = new KeptDimension(g.Shape, v.Shape);
        var factors = new Lazy<double[]>(() =>
        {
            var norms = kept.Norms(v);
            var magnitudes = TensorValues.All(g);
            for (var i = 0; i < norms.Length; i++)
            {
                norms[i] = magnitudes[i] / norms[i];
            }

            return norms;
        });
        return v with
        {
            Name = name,
            Data = new ComputedElements(v.DType, (first, block) =>
            {
                TensorValues.Read(v, first, block.Span);
                for (var i = 0; i < block.Length; i++)
                {
                    block.Span[i] *= factors.Value[kept.IndexOf(first + i)];
                }
            }),
        };
    }
}

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

/// <summary>The one dimension that a magnitude keeps, or none: which norm an element belongs to.</summary>
internal sealed class KeptDimension
{
    private readonly long size = 1;
    private readonly long inner = 1;

    public KeptDimension(IReadOnlyList<long> magnitude, IReadOnlyList<long> direction)
    {
        for (var axis = 0; axis < magnitude.Count; axis++)
        {
            if (magnitude[axis] != 1)
            {
                size = magnitude[axis];
                inner = direction.Skip(axis + 1).Aggregate(1L, (p, s) => p * s);
            }
        }
    }

    public int IndexOf(long element) => (int)(element / inner % size);

    /// <summary>The Euclidean norms of a tensor, one for each index of the kept dimension.</summary>
    public double[] Norms(TensorEntry tensor)
    {
        var sums = new double[checked((int)size)];
        var block = new double[TensorValues.Block];
        for (var first = 0L; first < tensor.Elements; first += block.Length)
        {
            var numbers = block.AsSpan(0, (int)Math.Min(block.Length, tensor.Elements - first));
            TensorValues.Read(tensor, first, numbers);
            for (var i = 0; i < numbers.Length; i++)
            {
                sums[IndexOf(first + i)] += numbers[i] * numbers[i];
            }
        }

        return [.. sums.Select(Math.Sqrt)];
    }
}

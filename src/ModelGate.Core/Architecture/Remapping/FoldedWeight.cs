using ModelGate.Architecture.Keys;
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

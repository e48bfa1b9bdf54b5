using ModelGate.Artifacts;

namespace ModelGate.Architecture.Remapping;

/// <summary>A LoRA adapter merged: weight + scale * B A, in the weight's shape (Hu et al., 2021; scale is alpha / rank).</summary>
internal static class MergedAdapter
{
    public static TensorEntry Of(string name, TensorEntry a, TensorEntry b, TensorEntry weight, double? scale)
    {
        if (scale is not { } factor)
        {
            throw new RemappingException(SafeText.Of($"{name} needs the adapters' scale, which no key holds: write alpha / rank as \"adapterScale\" into the mapping"));
        }

        TensorValues.RequireFloating(name, a, b, weight);
        var rank = a.Shape.Count > 1 ? a.Shape[0] : 0;
        if (rank < 1 || b.Shape.Count < 2 || b.Shape[1] != rank || b.Elements != b.Shape[0] * rank || a.Elements / rank * (Int128)b.Shape[0] != weight.Elements)
        {
            throw new RemappingException(SafeText.Of($"the adapter of {name} does not fit it: B A has another number of elements"));
        }

        var columns = a.Elements / rank;
        var factors = new Lazy<(double[] A, double[] B)>(() => (TensorValues.All(a), TensorValues.All(b)));
        return weight with
        {
            Name = name,
            Data = new ComputedElements(weight.DType, (first, block) =>
            {
                TensorValues.Read(weight, first, block.Span);
                var (down, up) = factors.Value;
                for (var i = 0; i < block.Length; i++)
                {
                    var (row, column) = Math.DivRem(first + i, columns);
                    var sum = 0.0;
                    for (var r = 0; r < rank; r++)
                    {
                        sum += up[(row * rank) + r] * down[(r * columns) + column];
                    }

                    block.Span[i] += factor * sum;
                }
            }),
        };
    }
}

using ModelGate.ModelRuns;
using ModelGate.Torch.Networks;
using static TorchSharp.torch;

namespace ModelGate.Torch.Steps;

/// <summary>How far outputs are from recorded ones: the greatest difference, and where it is.</summary>
internal static class Differences
{
    /// <summary>Compares by name; one output and one recorded tensor are a pair whatever they are called.</summary>
    public static OutputDifference Of(IReadOnlyList<(string Name, Tensor Value)> outputs, IReadOnlyDictionary<string, Tensor> expected)
    {
        if (outputs is [var only] && expected.Count == 1)
        {
            return Of([(only.Name, only.Value, expected.Values.Single())]);
        }

        var pairs = new List<(string, Tensor, Tensor)>();
        foreach (var (name, right) in expected)
        {
            var own = outputs.FirstOrDefault(o => o.Name == name);
            if (own.Value is null)
            {
                return new OutputDifference(null, null, SafeText.Of($"there is no output \"{name}\"; there {(outputs.Count == 1 ? "is" : "are")} {string.Join(", ", outputs.Select(o => o.Name))}").Value);
            }

            pairs.Add((name, own.Value, right));
        }

        return Of(pairs);
    }

    private static OutputDifference Of(IReadOnlyList<(string Name, Tensor Own, Tensor Right)> pairs)
    {
        var (maximum, at, squares, count) = (-1.0, "", 0.0, 0L);
        foreach (var (name, own, right) in pairs)
        {
            if (!own.shape.SequenceEqual(right.shape))
            {
                return new OutputDifference(null, null, SafeText.Of($"{name} has the shape {ModelInputs.Shown(own.shape)}, and the recorded one {ModelInputs.Shown(right.shape)}").Value);
            }

            if (own.NumberOfElements == 0)
            {
                continue;
            }

            using var scope = NewDisposeScope();
            var (one, other) = (own.to_type(ScalarType.Float64).reshape(-1), right.to_type(ScalarType.Float64).reshape(-1));

            // Equal infinities and two values that are no numbers do not differ.
            var equal = one.eq(other).logical_or(one.isnan().logical_and(other.isnan()));
            var difference = one.sub(other).abs().masked_fill(equal, 0);
            var unlike = difference.isfinite().logical_not();
            if (unlike.any().item<bool>())
            {
                var place = Place(unlike.to_type(ScalarType.Int32).argmax().item<long>(), own.shape);
                return new OutputDifference(null, null, SafeText.Of($"{name}{SafeText.From(place)} is not finite in one of the two alone").Value);
            }

            squares += difference.square().sum().item<double>();
            count += own.NumberOfElements;
            var greatest = difference.max().item<double>();
            if (greatest > maximum)
            {
                (maximum, at) = (greatest, name + Place(difference.argmax().item<long>(), own.shape));
            }
        }

        return new OutputDifference(Math.Max(0, maximum), count == 0 ? 0 : Math.Sqrt(squares / count), SafeText.From(at).Value);
    }

    private static string Place(long index, long[] shape)
    {
        var places = new long[shape.Length];
        for (var i = shape.Length - 1; i >= 0; i--)
        {
            (index, places[i]) = Math.DivRem(index, shape[i]);
        }

        return $"[{string.Join(',', places)}]";
    }
}

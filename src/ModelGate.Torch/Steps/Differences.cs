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
        var (maximum, at) = (-1.0, "");
        var parts = new List<(double Rms, long Count)>();
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

            if (own.is_complex() != right.is_complex())
            {
                return new OutputDifference(null, null, SafeText.Of($"{name} is complex in one of the two alone").Value);
            }

            using var scope = NewDisposeScope();
            var (one, other) = (Numbers.Of(own), Numbers.Of(right));
            var perElement = own.is_complex() ? 2 : 1;

            // Equal infinities and two values that are no numbers do not differ.
            var equal = one.eq(other).logical_or(one.isnan().logical_and(other.isnan()));
            var difference = one.sub(other).abs().masked_fill(equal, 0);
            var unlike = difference.isfinite().logical_not();
            if (unlike.any().item<bool>())
            {
                var place = Place(unlike.to_type(ScalarType.Int32).argmax().item<long>() / perElement, own.shape);
                return new OutputDifference(null, null, SafeText.Of($"{name}{SafeText.From(place)} is not finite in one of the two alone").Value);
            }

            parts.Add((Numbers.Rms(difference), one.NumberOfElements));
            var greatest = difference.max().item<double>();
            if (greatest > maximum)
            {
                (maximum, at) = (greatest, name + Place(difference.argmax().item<long>() / perElement, own.shape));
            }
        }

        return new OutputDifference(Math.Max(0, maximum), Rms(parts), SafeText.From(at).Value);
    }

    private static double Rms(List<(double Rms, long Count)> parts)
    {
        var greatest = parts.Select(p => p.Rms).DefaultIfEmpty(0).Max();
        return greatest == 0 ? 0 : greatest * Math.Sqrt(parts.Sum(p => p.Count * Math.Pow(p.Rms / greatest, 2)) / parts.Sum(p => p.Count));
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

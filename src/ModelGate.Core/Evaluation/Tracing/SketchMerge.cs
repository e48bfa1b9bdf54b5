using System.Numerics.Tensors;

namespace ModelGate.Evaluation.Tracing;

/// <summary>Finds two checkpoints of which a model is a weighted mean: <c>m = s * a + (1 - s) * b</c>, as voice changers merge two voices.</summary>
/// <remarks>
/// The share s is that of the least squares over the sketches, <c>s = (m - b)·(a - b) / |a - b|²</c>, each element in units of what rounding to
/// half precision may do to it. Every sampled element has to agree within that: thousands of elements do not by chance.
/// </remarks>
internal static class SketchMerge
{
    private const int MostCandidates = 200;
    private const int FewestSamples = 64;
    private const int MostSamples = 8192;

    // A mean of halves that is rounded to half again: one part in 2^10, and the smallest half beside it.
    private const float Relative = 1f / 1024;
    private const float Absolute = 1f / (1 << 24);

    // An element tells the two apart where they differ by several roundings.
    private const float Telling = 8;
    private const double LeastShare = 0.005;

    /// <summary>The two, the share of the first, and over how many elements it was seen; null where there are none.</summary>
    /// <param name="model">The model's sketch.</param>
    /// <param name="candidates">Checkpoints, the nearest first, with their sketches.</param>
    /// <param name="cancellation">Stops the search.</param>
    public static (TracedCheckpoint One, TracedCheckpoint Other, double Share, int Samples)? Find(
        IReadOnlyDictionary<string, float[]> model, IReadOnlyList<(TracedCheckpoint Checkpoint, IReadOnlyDictionary<string, float[]> Sketch)> candidates, CancellationToken cancellation)
    {
        var near = candidates.Take(MostCandidates)
            .Select(c => (c.Checkpoint, ByName: SketchDistance.Pairs(model, c.Sketch, c.Checkpoint.Pairing).ToDictionary(p => p.Name, p => p.Theirs, StringComparer.Ordinal)))
            .Where(c => c.ByName.Count == model.Count).ToArray();
        if (near.Length < 2)
        {
            return null;
        }

        var names = model.Keys.Order(StringComparer.Ordinal).ToArray();
        var target = Joined(names.Select(n => model[n]));
        if (target.Length < FewestSamples || target.AsSpan().IndexOfAny(float.NaN, float.PositiveInfinity, float.NegativeInfinity) >= 0)
        {
            return null;
        }

        var units = new float[target.Length];
        TensorPrimitives.Abs(target, units);
        TensorPrimitives.Multiply(units, Relative, units);
        TensorPrimitives.Add(units, Absolute, units);
        float[] InUnits(float[] values)
        {
            TensorPrimitives.Divide(values, units, values);
            return values;
        }

        target = InUnits(target);
        var vectors = near.Select(c => InUnits(Joined(names.Select(n => c.ByName[n])))).ToArray();
        var (rest, apart) = (new float[target.Length], new float[target.Length]);
        for (var i = 0; i < vectors.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            for (var j = i + 1; j < vectors.Length; j++)
            {
                TensorPrimitives.Subtract(target, vectors[j], rest);
                TensorPrimitives.Subtract(vectors[i], vectors[j], apart);
                var share = (double)TensorPrimitives.Dot(rest, apart) / TensorPrimitives.Dot(apart, apart);
                if (!(share > LeastShare && share < 1 - LeastShare))
                {
                    continue;
                }

                // What is left of the model without its two parts.
                TensorPrimitives.MultiplyAdd(apart, (float)-share, rest, rest);
                if (TensorPrimitives.MaxMagnitude(rest) is <= 1 and >= -1 && apart.Count(a => Math.Abs(a) >= Telling) >= FewestSamples)
                {
                    return share >= 0.5 ? (near[i].Checkpoint, near[j].Checkpoint, share, target.Length) : (near[j].Checkpoint, near[i].Checkpoint, 1 - share, target.Length);
                }
            }
        }

        return null;
    }

    // Each tensor has its part in it, the short ones whole.
    private static float[] Joined(IEnumerable<float[]> sketches)
    {
        var all = sketches.SelectMany(s => s).ToArray();
        if (all.Length <= MostSamples)
        {
            return all;
        }

        var some = new float[MostSamples];
        for (var i = 0; i < MostSamples; i++)
        {
            some[i] = all[(long)i * all.Length / MostSamples];
        }

        return some;
    }
}

using ModelGate.Gates.Checkpoints;

namespace ModelGate.Evaluation.Tracing;

/// <summary>How far a model lies from a set of weights, by a few elements of each tensor.</summary>
internal static class SketchDistance
{
    /// <summary>The mean absolute difference over the elements that both sketches hold; null where they hold none in common.</summary>
    public static double? Of(IReadOnlyDictionary<string, float[]> model, IReadOnlyDictionary<string, float[]> other, ExportPairing pairing)
        => Mean(Pairs(model, other, pairing).Select(p => (p.Ours, p.Theirs)));

    /// <summary>The mean absolute difference between two sets of weights, over the tensors that the model has of both.</summary>
    public static double? Between(IReadOnlyDictionary<string, float[]> model, (IReadOnlyDictionary<string, float[]> Sketch, ExportPairing Pairing) one, (IReadOnlyDictionary<string, float[]> Sketch, ExportPairing Pairing) other)
    {
        var second = Pairs(model, other.Sketch, other.Pairing).ToDictionary(p => p.Name, p => p.Theirs, StringComparer.Ordinal);
        return Mean(Pairs(model, one.Sketch, one.Pairing).Where(p => second.ContainsKey(p.Name)).Select(p => (p.Theirs, second[p.Name])));
    }

    /// <summary>The sketches of each tensor of the model and of the tensor that it is a copy of; what is computed from several has none.</summary>
    public static IEnumerable<(string Name, float[] Ours, float[] Theirs)> Pairs(IReadOnlyDictionary<string, float[]> model, IReadOnlyDictionary<string, float[]> other, ExportPairing pairing)
    {
        foreach (var (name, ours) in model)
        {
            var source = pairing.ByContent.TryGetValue(name, out var found) ? found
                : pairing.Names.TryGetValue(name, out var key) && !pairing.IsComputed(name) ? key.CopyOf ?? key.Origin.From[0] : null;
            if (source is not null && other.TryGetValue(source, out var theirs) && theirs.Length == ours.Length && ours.Length > 0)
            {
                yield return (name, ours, theirs);
            }
        }
    }

    private static double? Mean(IEnumerable<(float[] One, float[] Other)> pairs)
    {
        var (sum, count) = (0.0, 0L);
        foreach (var (one, other) in pairs)
        {
            for (var i = 0; i < one.Length; i++)
            {
                if (float.IsFinite(one[i]) && float.IsFinite(other[i]))
                {
                    sum += Math.Abs((double)one[i] - other[i]);
                    count++;
                }
            }
        }

        return count == 0 ? null : sum / count;
    }
}

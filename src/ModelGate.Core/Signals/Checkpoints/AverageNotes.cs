using ModelGate.Artifacts;

namespace ModelGate.Signals.Checkpoints;

/// <summary>A second set of weights in a checkpoint: the average over training steps beside the weights of the last one, or the other way round.</summary>
internal static class AverageNotes
{
    /// <summary>What there is besides the state_dict, in one sentence without a subject; empty where there is no second set.</summary>
    public static SafeText Of(Checkpoint checkpoint)
    {
        // Most files have none, and sets are costly where there are many tensors.
        if (!checkpoint.Tensors.Any(t => WeightSets.IsAverage(t.Name)))
        {
            return SafeText.Empty;
        }

        var sets = WeightSets.Of(checkpoint, t => t);
        var main = sets[0];
        var others = sets.Skip(1).Where(s => s.IsAverage != main.IsAverage && s.ByName.Count > 1 && Rest(main, s) * 2 >= s.ByName.Count).ToArray();
        if (others.Length == 0)
        {
            return SafeText.Empty;
        }

        var where = SafeText.Join(", ", others.Take(3).Select(s => SafeText.Of($"{PlaceOf(s)}, {s.ByName.Count} tensors")));
        return main.IsAverage
            ? SafeText.Of($"holds the weights of its last step ({where}) beside their average (EMA), which is what is read")
            : SafeText.Of($"holds a second set of weights, an average (EMA) over training steps ({where}); inference usually takes the average, and what is read is {(main.Path.Length == 0 ? "the root" : main.Path)}");
    }

    // Of a set inside the other one, what is left without it: an average with two counters beside it is no second set.
    private static int Rest(WeightSet<TensorEntry> main, WeightSet<TensorEntry> other)
        => other.Path == main.Path ? main.ByName.Count - other.ByName.Count : main.ByName.Count;

    private static string PlaceOf(WeightSet<TensorEntry> set)
    {
        var first = set.ByName.Keys.First();
        var name = set.Path.Length > 0 && set.IsAverage && !WeightSets.IsAverage(set.Path) ? set.Path + "." + first[..Math.Max(0, first.IndexOf('.', StringComparison.Ordinal))] : set.Path;
        return name.Length > 0 ? name.TrimEnd('.') : first.IndexOf('.', StringComparison.Ordinal) is var dot and > 0 ? first[..dot] : "the root";
    }
}

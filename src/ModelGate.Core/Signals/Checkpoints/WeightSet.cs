using System.Buffers;
using System.Text.RegularExpressions;
using ModelGate.Artifacts;

namespace ModelGate.Signals.Checkpoints;

/// <summary>A set of weights in a file: its state_dict, or another one beside it or inside.</summary>
/// <param name="Path">The dotted path of the container; empty where that is the root.</param>
/// <param name="ByName">What is known of each tensor, by its name in the set.</param>
internal sealed record WeightSet<T>(string Path, IReadOnlyDictionary<string, T> ByName)
{
    /// <summary>Whether it is an average over training steps.</summary>
    public bool IsAverage { get; init; }
}

/// <summary>Finds the sets of weights in a file.</summary>
internal static partial class WeightSets
{
    // Deeper than this no trainer puts the word for an average.
    private const int DeepestAverage = 3;

    // Two layers may have the same names of weights; two networks have more of them, and a model has few.
    private const int FewestAlike = 3;
    private const int MostAlike = 8;

    private static readonly SearchValues<string> AverageWords = SearchValues.Create(["ema", "av", "swa", "shadow", "polyak"], StringComparison.OrdinalIgnoreCase);

    private static readonly string[] TrainingState =
        ["optim", "last_optim", "sched", "lr_sched", "scaler", "rng", "random", "loop", "callback", "hyper", "config", "cfg", "args", "amp", "grad_scaler"];

    /// <summary>Whether a tensor belongs to a set of weights: not the state of an optimizer, of a random generator, or the like.</summary>
    public static bool Hold(string path) => !Array.Exists(TrainingState, s => path.StartsWith(s, StringComparison.OrdinalIgnoreCase));

    /// <summary>The sets: the state_dict whole; where an average stands in it, each apart; then other containers.</summary>
    /// <param name="checkpoint">The file.</param>
    /// <param name="value">What is known of a tensor; null where it is left out.</param>
    public static IReadOnlyList<WeightSet<T>> Of<T>(Checkpoint checkpoint, Func<TensorEntry, T?> value)
        where T : class
    {
        var stateDict = checkpoint.StateDict;
        var inside = Known(checkpoint.Weights);
        var sets = new List<WeightSet<T>> { new(stateDict, inside) { IsAverage = IsAverage(stateDict) || inside.Keys.All(IsAverage) } };
        AddParts(sets, stateDict, inside);
        var prefix = stateDict.Length == 0 ? "" : stateDict + ".";
        if (prefix.Length > 0)
        {
            foreach (var group in checkpoint.Tensors
                .Where(t => !t.Name.StartsWith(prefix, StringComparison.Ordinal) && t.Name.Contains('.', StringComparison.Ordinal) && Hold(t.Name))
                .GroupBy(t => t.Name[..t.Name.IndexOf('.', StringComparison.Ordinal)], StringComparer.Ordinal))
            {
                var byName = new Dictionary<string, TensorEntry>(StringComparer.Ordinal);
                foreach (var tensor in group)
                {
                    byName.TryAdd(tensor.Name[(group.Key.Length + 1)..], tensor);
                }

                var known = Known(byName);
                if (known.Count > 0)
                {
                    sets.Add(new WeightSet<T>(group.Key, known) { IsAverage = IsAverage(group.Key) });
                    AddParts(sets, group.Key, known);
                }
            }
        }

        return sets;

        Dictionary<string, T> Known(IReadOnlyDictionary<string, TensorEntry> tensors)
        {
            var known = new Dictionary<string, T>(tensors.Count, StringComparer.Ordinal);
            foreach (var (name, tensor) in tensors)
            {
                if (value(tensor) is { } found)
                {
                    known.Add(name, found);
                }
            }

            return known;
        }
    }

    // An average within a state_dict, model.x and ema_model.x, or two networks of one kind, model_g.x and model_d.x: each is a set of its own.
    private static void AddParts<T>(List<WeightSet<T>> sets, string path, Dictionary<string, T> whole)
    {
        var average = whole.Where(k => IsAverage(k.Key)).ToDictionary(StringComparer.Ordinal);
        if (average.Count > 0 && average.Count < whole.Count && !IsAverage(path))
        {
            sets.Add(new WeightSet<T>(path, whole.Where(k => !average.ContainsKey(k.Key)).ToDictionary(StringComparer.Ordinal)));
            sets.Add(new WeightSet<T>(path, average) { IsAverage = true });
            return;
        }

        var prefix = CommonPrefix(whole.Keys);
        var parts = whole.Keys.Where(n => n.IndexOf('.', prefix.Length) > 0)
            .GroupBy(n => n[..(n.IndexOf('.', prefix.Length) + 1)], StringComparer.Ordinal).Where(g => g.Count() >= FewestAlike)
            .Select(g => (Prefix: g.Key, Rests: g.Select(n => n[g.Key.Length..]).ToHashSet(StringComparer.Ordinal))).ToArray();
        if (parts.Length is < 2 or > MostAlike)
        {
            return;
        }

        foreach (var part in parts.Where(p => parts.Any(o => o.Prefix != p.Prefix && p.Rests.Count(o.Rests.Contains) * 2 > Math.Min(p.Rests.Count, o.Rests.Count))))
        {
            sets.Add(new WeightSet<T>(path, whole.Where(k => k.Key.StartsWith(part.Prefix, StringComparison.Ordinal)).ToDictionary(StringComparer.Ordinal)));
        }
    }

    private static string CommonPrefix(IEnumerable<string> names)
    {
        string? common = null;
        foreach (var name in names)
        {
            common = common is null ? name : name[..name.AsSpan().CommonPrefixLength(common)];
        }

        return common is null ? "" : common[..(common.LastIndexOf('.') + 1)];
    }

    /// <summary>Whether one of the first parts of a name is a word for an average over training steps.</summary>
    public static bool IsAverage(string name)
    {
        if (!name.AsSpan().ContainsAny(AverageWords))
        {
            return false;
        }

        var parts = 0;
        foreach (var range in name.AsSpan().Split('.'))
        {
            if (Average().IsMatch(name.AsSpan(range)))
            {
                return true;
            }

            if (++parts == DeepestAverage)
            {
                break;
            }
        }

        return false;
    }

    [GeneratedRegex(@"(^|_)(ema|averaged|average|avg|swa|shadow|polyak)(_|$)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, 10_000)]
    private static partial Regex Average();
}

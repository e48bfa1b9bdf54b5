using ModelGate.Architecture.Keys;

namespace ModelGate.Gates.Weights;

/// <summary>Which weight of another model of the same network each weight is, by its name alone: as it is, in the other spelling of weight norm, or with a word such as <c>module.</c> in front.</summary>
internal static class LikeNames
{
    private const int Probes = 8;

    /// <summary>The other model's name of each name that it has.</summary>
    public static IReadOnlyDictionary<string, string> Of(IReadOnlyCollection<string> own, IReadOnlyCollection<string> other)
    {
        var best = Pairs(own, other, "", "");
        if (best.Count < Math.Min(own.Count, other.Count))
        {
            foreach (var pairs in new[] { Pairs(own, other, "", PrefixOf(other, own)), Pairs(own, other, PrefixOf(own, other), "") })
            {
                best = pairs.Count > best.Count ? pairs : best;
            }
        }

        return best;
    }

    /// <summary>What stands in front of all of the other model's names, and of none of these.</summary>
    private static string PrefixOf(IReadOnlyCollection<string> longer, IReadOnlyCollection<string> shorter)
    {
        var votes = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var ending in shorter.Take(Probes).Select(n => "." + n))
        {
            foreach (var prefix in longer.Where(n => n.EndsWith(ending, StringComparison.Ordinal)).Select(n => n[..^(ending.Length - 1)]))
            {
                votes[prefix] = votes.GetValueOrDefault(prefix) + 1;
            }
        }

        return votes.OrderByDescending(v => v.Value).ThenBy(v => v.Key.Length).ThenBy(v => v.Key, StringComparer.Ordinal).Select(v => v.Key).FirstOrDefault() ?? "";
    }

    private static Dictionary<string, string> Pairs(IReadOnlyCollection<string> own, IReadOnlyCollection<string> other, string ownPrefix, string otherPrefix)
    {
        var byName = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in other.Where(n => n.StartsWith(otherPrefix, StringComparison.Ordinal)))
        {
            byName.TryAdd(Plain(name[otherPrefix.Length..]), name);
        }

        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in own.Where(n => n.StartsWith(ownPrefix, StringComparison.Ordinal)))
        {
            if (byName.TryGetValue(Plain(name[ownPrefix.Length..]), out var found))
            {
                pairs.Add(name, found);
            }
        }

        return pairs;
    }

    private static string Plain(string name) => WeightNormKeys.Old(name) ?? name;
}

using System.Globalization;
using ModelGate.Architecture.Keys;

namespace ModelGate.Architecture.Causes.Names;

/// <summary>The same list counted otherwise: from 1 in place of 0, or in steps of 2 where modules without parameters are counted.</summary>
/// <remarks>Some names of both sides coincide and mean other layers, so whole lists are renamed, never the missing names alone.</remarks>
[KeyCauseOrder(70)]
internal sealed class IndexOffset : KeyCause
{
    private const int MostLists = 12;

    public override ProposalKind Kind => ProposalKind.Rename;

    public override IEnumerable<Proposal> Propose(KeyComparison at)
    {
        var left = ModuleLists.Of(at.Left.Names);
        var right = ModuleLists.Of(at.Right.Keys);
        var maps = new List<(string List, Dictionary<int, int> Map, SafeText Words)>();
        foreach (var (list, indices) in left)
        {
            if (right.TryGetValue(list, out var expected) && indices.Count == expected.Count && !indices.SetEquals(expected))
            {
                var map = indices.Zip(expected).ToDictionary(p => p.First, p => p.Second);
                maps.Add((list, map, SafeText.Of($"{list}.{ModuleLists.Range(indices)} in the checkpoint is {list}.{ModuleLists.Range(expected)} in the model")));
            }
        }

        foreach (var some in maps.Count > 1 ? maps.Take(MostLists).Select(m => new[] { m }).Prepend([.. maps]) : maps.Select(m => new[] { m }))
        {
            var byList = some.ToDictionary(m => m.List, m => m.Map, StringComparer.Ordinal);
            yield return new Proposal("index-offset", SafeText.Of($"lists are counted otherwise: {SafeText.Join(", ", some.Take(4).Select(m => m.Words))}"))
            {
                After = at.Left.Rename(n => Renumber(n, byList)),
            };
        }
    }

    private static string Renumber(string name, Dictionary<string, Dictionary<int, int>> maps)
    {
        var parts = name.Split('.');
        var renumbered = parts.ToArray();
        for (var i = 1; i < Math.Min(parts.Length, KeyName.Deepest); i++)
        {
            if (KeyName.IsIndex(parts[i]) && maps.TryGetValue(KeyName.Pattern(string.Join('.', parts[..i])), out var map))
            {
                renumbered[i] = map[int.Parse(parts[i], CultureInfo.InvariantCulture)].ToString(CultureInfo.InvariantCulture);
            }
        }

        return string.Join('.', renumbered);
    }
}

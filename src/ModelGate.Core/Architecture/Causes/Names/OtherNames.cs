using ModelGate.Architecture.Keys;

namespace ModelGate.Architecture.Causes.Names;

/// <summary>The same modules under other names: one part of the name replaced everywhere, or as a last resort equal order and shapes.</summary>
[KeyCauseOrder(130)]
internal sealed class OtherNames : KeyCause
{
    private const int MostWords = 40;
    private const int MostRivals = 8;

    public override ProposalKind Kind => ProposalKind.Guess;

    public override IEnumerable<Proposal> Propose(KeyComparison at)
    {
        if (at.Missing.Count == 0 || at.Unexpected.Count == 0)
        {
            yield break;
        }

        var words = Words(at);
        if (words.Count > 0)
        {
            yield return new Proposal("other-names", SafeText.Of(
                $"parts have other names: {SafeText.Join(", ", words.Take(6).Select(w => SafeText.Of($"{w.Key} in the checkpoint is {w.Value} in the model")))}"))
            {
                After = at.Left.Rename(n => at.IsUnmatched(n) ? string.Join('.', n.Split('.').Select(p => words.GetValueOrDefault(p, p))) : n),
            };
        }

        if (at.Missing.Count == at.Unexpected.Count && at.Missing.Zip(at.Unexpected).All(p => at.RightShape(p.First).SequenceEqual(at.LeftShape(p.Second))))
        {
            var names = at.Unexpected.Zip(at.Missing).ToDictionary(p => p.First, p => p.Second, StringComparer.Ordinal);
            var nested = names.Count(n => ModuleLists.In(n.Key).Count() != ModuleLists.In(n.Value).Count()) * 2 > names.Count;
            yield return new Proposal(nested ? "nested-module-list" : "other-names", nested
                ? SafeText.Of($"module lists are nested on one side and flat on the other, with the same shapes in the same order: {at.Unexpected[0]} in the checkpoint is {at.Missing[0]} in the model, and so on for {names.Count} keys; a guess by order, which to look at before it is used")
                : SafeText.Of($"{names.Count} keys have other names and the same shapes in the same order, beginning with {at.Unexpected[0]} for {at.Missing[0]}: a guess by order and shape alone, which to look at before it is used"))
            {
                After = at.Left.Rename(n => names.GetValueOrDefault(n, n)),
            };
        }
    }

    // A word stands for another where every key that has it is, with the other word, an expected key of the same shape, or one
    // that differs in the spelling of its last part alone.
    private static Dictionary<string, string> Words(KeyComparison at)
    {
        var slots = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var name in at.Missing)
        {
            foreach (var (slot, word) in Slots(name))
            {
                if (!slots.TryGetValue(slot, out var words))
                {
                    slots.Add(slot, words = []);
                }

                // Where many words fit a place, none is the right one for certain; and all against all would be quadratic.
                if (words.Count <= MostRivals)
                {
                    words.Add(word);
                }
            }
        }

        var votes = new Dictionary<(string From, string To), int>();
        var uses = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var name in at.Unexpected)
        {
            foreach (var (slot, word) in Slots(name))
            {
                uses[word] = uses.GetValueOrDefault(word) + 1;
                foreach (var other in slots.GetValueOrDefault(slot, []).Where(_ => slots[slot].Count <= MostRivals))
                {
                    var target = slot.Replace("\0", other, StringComparison.Ordinal);
                    if (at.RightShape(target).SequenceEqual(at.LeftShape(name)))
                    {
                        votes[(word, other)] = votes.GetValueOrDefault((word, other)) + 1;
                    }
                }
            }
        }

        foreach (var (from, to) in votes.Where(v => v.Value > 1 && v.Value < uses[v.Key.From]).Select(v => v.Key).Take(MostWords).ToArray())
        {
            votes[(from, to)] = at.Unexpected.SelectMany(Slots).Count(s => s.Word == from && IsExpected(at, s.Slot, from, to));
        }

        return votes.Where(v => v.Value == uses[v.Key.From] && v.Value > 1)
            .GroupBy(v => v.Key.From, StringComparer.Ordinal).Where(g => g.Count() == 1)
            .GroupBy(g => g.First().Key.To, StringComparer.Ordinal).Where(g => g.Count() == 1).Take(MostWords)
            .ToDictionary(g => g.First().Key, g => g.Key, StringComparer.Ordinal);
    }

    private static bool IsExpected(KeyComparison at, string slot, string from, string to)
    {
        var name = slot.Replace("\0", to, StringComparison.Ordinal);
        return at.IsMissing(name)
            ? at.RightShape(name).SequenceEqual(at.LeftShape(slot.Replace("\0", from, StringComparison.Ordinal)))
            : at.CanonicalMissing.Contains(KeyName.Canonical(name));
    }

    private static IEnumerable<(string Slot, string Word)> Slots(string name)
    {
        var parts = name.Split('.');
        for (var i = 0; i < Math.Min(parts.Length - 1, KeyName.Deepest); i++)
        {
            if (!KeyName.IsIndex(parts[i]) && !parts[i].Contains('\0', StringComparison.Ordinal))
            {
                yield return (string.Join('.', [.. parts[..i], "\0", .. parts[(i + 1)..]]), parts[i]);
            }
        }
    }
}

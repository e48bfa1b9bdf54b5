using ModelGate.Artifacts;

namespace ModelGate.Architecture.Causes;

/// <summary>The same modules under other names: one part of the name replaced everywhere, or as a last resort equal order and shapes.</summary>
internal sealed class OtherNames : KeyCause
{
    private const int MostWords = 40;

    public override Mending Mending => Mending.Guess;

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
                After = at.Left.Rename(n => at.IsUnexpected(n) ? string.Join('.', n.Split('.').Select(p => words.GetValueOrDefault(p, p))) : n),
            };
        }

        if (at.Missing.Count == at.Unexpected.Count && at.Missing.Zip(at.Unexpected).All(p => at.RightShape(p.First).SequenceEqual(at.LeftShape(p.Second))))
        {
            var names = at.Unexpected.Zip(at.Missing).ToDictionary(p => p.First, p => p.Second, StringComparer.Ordinal);
            yield return new Proposal("other-names", SafeText.Of(
                $"{names.Count} keys have other names and the same shapes in the same order, beginning with {at.Unexpected[0]} for {at.Missing[0]}: a guess by order and shape alone, which to look at before it is used"))
            {
                After = at.Left.Rename(n => names.GetValueOrDefault(n, n)),
            };
        }
    }

    // A word stands for another where every key that has it is, with the other word, an expected key of the same shape.
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

                words.Add(word);
            }
        }

        var votes = new Dictionary<(string From, string To), int>();
        var uses = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var name in at.Unexpected)
        {
            foreach (var (slot, word) in Slots(name))
            {
                uses[word] = uses.GetValueOrDefault(word) + 1;
                foreach (var other in slots.GetValueOrDefault(slot, []))
                {
                    var target = slot.Replace("\0", other, StringComparison.Ordinal);
                    if (at.RightShape(target).SequenceEqual(at.LeftShape(name)))
                    {
                        votes[(word, other)] = votes.GetValueOrDefault((word, other)) + 1;
                    }
                }
            }
        }

        return votes.Where(v => v.Value == uses[v.Key.From] && v.Value > 1)
            .GroupBy(v => v.Key.From, StringComparer.Ordinal).Where(g => g.Count() == 1)
            .GroupBy(g => g.First().Key.To, StringComparer.Ordinal).Where(g => g.Count() == 1).Take(MostWords)
            .ToDictionary(g => g.First().Key, g => g.Key, StringComparer.Ordinal);
    }

    private static IEnumerable<(string Slot, string Word)> Slots(string name)
    {
        var parts = name.Split('.');
        for (var i = 0; i < parts.Length - 1; i++)
        {
            if (!KeySpelling.IsIndex(parts[i]) && !parts[i].Contains('\0', StringComparison.Ordinal))
            {
                yield return (string.Join('.', [.. parts[..i], "\0", .. parts[(i + 1)..]]), parts[i]);
            }
        }
    }
}

using ModelGate.Architecture.Keys;

namespace ModelGate.Architecture.Causes.Names;

/// <summary>A word inside the keys on one side only: <c>dec.module.conv_pre</c>, peft's <c>.base_layer.</c>.</summary>
[KeyCauseOrder(20)]
internal sealed class Infix : KeyCause
{
    private const int Sample = 1024;
    private const int MostCandidates = 4;

    public override ProposalKind Kind => ProposalKind.Rename;

    public override IEnumerable<Proposal> Propose(KeyComparison at)
    {
        foreach (var word in Votes(at.Unexpected, at.CanonicalMissing))
        {
            var part = "." + word + ".";
            yield return new Proposal("infix", SafeText.Of($"keys have \"{word}\" inside, after a part's name: saved from a model whose parts were wrapped"))
            {
                After = at.Left.Rename(n => at.IsUnmatched(n) ? Remove(n, part) : n),
            };
        }

        foreach (var word in Votes(at.Missing, at.CanonicalUnexpected))
        {
            var part = "." + word + ".";
            var whole = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var name in at.Missing.Where(n => n.Contains(part, StringComparison.Ordinal)))
            {
                whole.TryAdd(KeyName.Canonical(Remove(name, part)), name);
            }

            yield return new Proposal("infix", SafeText.Of($"the model expects \"{word}\" inside keys that lack it in the checkpoint: its parts are wrapped"))
            {
                After = at.Left.Rename(n => at.IsUnmatched(n) && whole.TryGetValue(KeyName.Canonical(n), out var to) ? to : n),
            };
        }
    }

    private static string Remove(string name, string part) => name.Replace(part, ".", StringComparison.Ordinal);

    private static IEnumerable<string> Votes(List<string> names, HashSet<string> others)
    {
        var votes = new Dictionary<string, int>(StringComparer.Ordinal);
        var stride = Math.Max(1, names.Count / Sample);
        for (var i = 0; i < names.Count; i += stride)
        {
            foreach (var word in names[i].Split('.').Skip(1).SkipLast(1).Take(KeyName.Deepest).Distinct(StringComparer.Ordinal))
            {
                if (!KeyName.IsIndex(word) && others.Contains(KeyName.Canonical(Remove(names[i], "." + word + "."))))
                {
                    votes[word] = votes.GetValueOrDefault(word) + 1;
                }
            }
        }

        return votes.OrderByDescending(v => v.Value).ThenBy(v => v.Key, StringComparer.Ordinal).Take(MostCandidates).Select(v => v.Key);
    }
}

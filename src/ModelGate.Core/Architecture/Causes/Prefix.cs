using ModelGate.Artifacts;

namespace ModelGate.Architecture.Causes;

/// <summary>Words in front of every key on one side alone: <c>module.</c>, <c>_orig_mod.</c>, <c>generator.</c>, and stacks of them.</summary>
internal sealed class Prefix : KeyCause
{
    /// <summary>Enough names to vote for a prefix that stands before most.</summary>
    private const int Sample = 1024;

    private const int Deepest = 6;
    private const int MostCandidates = 6;

    private static readonly string[] Containers = ["state_dict", "model_state_dict", "weight", "weights", "params", "ema", "model_ema", "state_dict_ema", "net", "checkpoint"];

    public override Mending Mending => Mending.Rename;

    public override IEnumerable<Proposal> Propose(KeyComparison at)
    {
        var extra = Votes(at.Unexpected, at.CanonicalMissing);
        var lacking = Votes(at.Missing, at.CanonicalUnexpected);
        foreach (var prefix in extra)
        {
            var count = at.Unexpected.Count(n => n.StartsWith(prefix, StringComparison.Ordinal));
            yield return new Proposal(NameOf(prefix), Sentence(prefix, count, at.Left.Keys.Count))
            {
                After = at.Left.Rename(n => n.StartsWith(prefix, StringComparison.Ordinal) && n.Length > prefix.Length && at.IsUnexpected(n) ? n[prefix.Length..] : n),
            };
        }

        foreach (var prefix in lacking)
        {
            yield return new Proposal("missing-prefix", SafeText.Of($"the model expects \"{prefix}\" before keys that stand without it in the checkpoint"))
            {
                After = at.Left.Rename(n => at.IsUnexpected(n) && (at.Common == 0 || at.CanonicalMissing.Contains(KeySpelling.Canonical(prefix + n))) ? prefix + n : n),
            };
        }

        if (extra.Count == 0 && lacking.Count == 0)
        {
            foreach (var (from, to) in Exchanges(at))
            {
                yield return new Proposal("prefix", SafeText.Of($"keys that begin with \"{from}\" in the checkpoint begin with \"{to}\" in the model"))
                {
                    After = at.Left.Rename(n => n.StartsWith(from, StringComparison.Ordinal) && at.IsUnexpected(n) ? to + n[from.Length..] : n),
                };
            }
        }
    }

    private static string NameOf(string prefix)
    {
        var parts = prefix.TrimEnd('.').Split('.');
        return parts.Length > 1 ? "prefix-stack" : Containers.Contains(parts[0], StringComparer.Ordinal) ? "container" : "prefix";
    }

    private static SafeText Sentence(string prefix, int count, int all)
    {
        var who = prefix.Contains("_orig_mod.", StringComparison.Ordinal)
            ? prefix.Contains("module.", StringComparison.Ordinal) ? ": saved from torch.compile around DataParallel" : ": saved from a module that torch.compile wraps"
            : prefix == "module." ? ": saved from DataParallel"
            : prefix == "base_model.model." ? ": saved from a model that peft wraps"
            : "";
        return count == all
            ? SafeText.Of($"every key begins with \"{prefix}\"{who}")
            : SafeText.Of($"{count} of {all} keys begin with \"{prefix}\", which the model does not expect{who}");
    }

    // Each name votes for what stands before a rest that the other side has; most votes first, then the shorter prefix.
    private static List<string> Votes(List<string> names, HashSet<string> others)
    {
        var votes = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var name in Sampled(names))
        {
            var dot = -1;
            for (var depth = 0; depth < Deepest && (dot = name.IndexOf('.', dot + 1)) >= 0; depth++)
            {
                if (others.Contains(KeySpelling.Canonical(name[(dot + 1)..])))
                {
                    votes[name[..(dot + 1)]] = votes.GetValueOrDefault(name[..(dot + 1)]) + 1;
                }
            }
        }

        return [.. votes.OrderByDescending(v => v.Value).ThenBy(v => v.Key.Length).ThenBy(v => v.Key, StringComparer.Ordinal).Take(MostCandidates).Select(v => v.Key)];
    }

    private static IEnumerable<(string From, string To)> Exchanges(KeyComparison at)
    {
        var heads = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in Sampled(at.Missing))
        {
            foreach (var (head, rest) in Splits(name))
            {
                heads.TryAdd(KeySpelling.Canonical(rest), head);
            }
        }

        var votes = new Dictionary<(string, string), int>();
        foreach (var name in at.Unexpected)
        {
            foreach (var (head, rest) in Splits(name))
            {
                if (rest.Contains('.', StringComparison.Ordinal) && heads.TryGetValue(KeySpelling.Canonical(rest), out var other) && other != head)
                {
                    votes[(head, other)] = votes.GetValueOrDefault((head, other)) + 1;
                    break;
                }
            }
        }

        return votes.OrderByDescending(v => v.Value).ThenBy(v => v.Key.Item1, StringComparer.Ordinal).ThenBy(v => v.Key.Item2, StringComparer.Ordinal)
            .Take(MostCandidates).Select(v => v.Key);
    }

    private static IEnumerable<(string Head, string Tail)> Splits(string name)
    {
        var dot = -1;
        for (var depth = 0; depth < 3 && (dot = name.IndexOf('.', dot + 1)) >= 0; depth++)
        {
            yield return (name[..(dot + 1)], name[(dot + 1)..]);
        }
    }

    private static IEnumerable<string> Sampled(List<string> names)
    {
        var stride = Math.Max(1, names.Count / Sample);
        for (var i = 0; i < names.Count; i += stride)
        {
            yield return names[i];
        }
    }
}

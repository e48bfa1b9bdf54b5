using ModelGate.Architecture.Keys;

namespace ModelGate.Architecture.Causes.Names;

/// <summary>Words in front of every key on one side only: <c>module.</c>, <c>_orig_mod.</c>, <c>generator.</c>, and stacks of them.</summary>
[KeyCauseOrder(10)]
internal sealed class Prefix : KeyCause
{
    /// <summary>Enough names to vote for a prefix that stands before most.</summary>
    private const int Sample = 1024;

    private const int Deepest = 6;
    private const int MostCandidates = 6;

    private static readonly string[] Containers = ["state_dict", "model_state_dict", "weight", "weights", "params", "ema", "model_ema", "state_dict_ema", "net", "checkpoint"];

    private static readonly string[] Wrappers = ["module", "_orig_mod", "model", "base_model", "net_g", "generator", "_forward_module", "_fsdp_wrapped_module", "averaged_model", "student", "backbone"];

    public override ProposalKind Kind => ProposalKind.Rename;

    public override IEnumerable<Proposal> Propose(KeyComparison at)
    {
        var extra = Votes(at.Unexpected, at.IsMissing, () => at.CanonicalMissing).Where(p => IsWrapper(p) || Covers(at, p)).ToArray();
        foreach (var prefix in extra)
        {
            var count = at.Unexpected.Count(n => n.StartsWith(prefix, StringComparison.Ordinal));
            yield return new Proposal(NameOf(prefix), Sentence(prefix, count, at.Left.Count))
            {
                After = at.Left.Rename(n => n.StartsWith(prefix, StringComparison.Ordinal) && n.Length > prefix.Length && at.IsUnmatched(n) ? n[prefix.Length..] : n),
            };
        }

        var lacking = Votes(at.Missing, at.IsUnexpected, () => at.CanonicalUnexpected);
        foreach (var prefix in lacking)
        {
            yield return new Proposal("missing-prefix", SafeText.Of($"the model expects \"{prefix}\" before keys that lack it in the checkpoint"))
            {
                After = at.Left.Rename(n => at.IsUnmatched(n) && (at.Common == 0 || at.CanonicalMissing.Contains(KeyName.Canonical(prefix + n))) ? prefix + n : n),
            };
        }

        // Where keys are common, what differs in front of some is a part's name, and no prefix.
        if (extra.Length == 0 && lacking.Count == 0 && at.Common * 10 < at.Left.Count)
        {
            foreach (var (from, to) in Exchanges(at))
            {
                yield return new Proposal("prefix", SafeText.Of($"keys that begin with \"{from}\" in the checkpoint begin with \"{to}\" in the model"))
                {
                    After = at.Left.Rename(n => n.StartsWith(from, StringComparison.Ordinal) && at.IsUnmatched(n) ? to + n[from.Length..] : n),
                };
            }
        }
    }

    private static string NameOf(string prefix)
    {
        var parts = prefix.TrimEnd('.').Split('.');
        return parts.Length > 1 ? "prefix-stack" : Containers.Contains(parts[0], StringComparer.Ordinal) ? "container" : "prefix";
    }

    private static bool IsWrapper(string prefix)
        => prefix.TrimEnd('.').Split('.').All(p => Wrappers.Contains(p, StringComparer.Ordinal) || Containers.Contains(p, StringComparer.Ordinal));

    // Other networks have a conv_post.bias too: a word that no trainer puts in front has to make most of its keys fit.
    private static bool Covers(KeyComparison at, string prefix)
    {
        var rests = Sampled([.. at.Unexpected.Where(n => n.StartsWith(prefix, StringComparison.Ordinal))]).Select(n => n[prefix.Length..]).ToArray();
        return rests.Count(at.IsMissing) * 2 > rests.Length || rests.Count(r => at.CanonicalMissing.Contains(KeyName.Canonical(r))) * 2 > rests.Length;
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
    private static List<string> Votes(List<string> names, Func<string, bool> isOther, Func<HashSet<string>> canonical)
    {
        if (Votes(names, isOther) is { Count: > 0 } exact)
        {
            return exact;
        }

        var others = canonical();
        return Votes(names, rest => others.Contains(KeyName.Canonical(rest)));
    }

    private static List<string> Votes(List<string> names, Func<string, bool> isOther)
    {
        var votes = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var name in Sampled(names))
        {
            var dot = -1;
            for (var depth = 0; depth < Deepest && (dot = name.IndexOf('.', dot + 1)) >= 0; depth++)
            {
                if (isOther(name[(dot + 1)..]))
                {
                    votes[name[..(dot + 1)]] = votes.GetValueOrDefault(name[..(dot + 1)]) + 1;
                }
            }
        }

        // The weights themselves before an average of them, where a file holds both.
        return [.. votes.OrderByDescending(v => v.Value).ThenBy(v => v.Key.Contains("ema", StringComparison.Ordinal)).ThenBy(v => v.Key.Length).ThenBy(v => v.Key, StringComparer.Ordinal).Take(MostCandidates).Select(v => v.Key)];
    }

    private static IEnumerable<(string From, string To)> Exchanges(KeyComparison at)
    {
        var heads = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in Sampled(at.Missing))
        {
            foreach (var (head, rest) in Splits(name))
            {
                heads.TryAdd(KeyName.Canonical(rest), head);
            }
        }

        var votes = new Dictionary<(string, string), int>();
        foreach (var name in at.Unexpected)
        {
            foreach (var (head, rest) in Splits(name))
            {
                if (rest.Contains('.', StringComparison.Ordinal) && heads.TryGetValue(KeyName.Canonical(rest), out var other) && other != head)
                {
                    votes[(head, other)] = votes.GetValueOrDefault((head, other)) + 1;
                    break;
                }
            }
        }

        // A pair of words that few names have are two names for a part, and no prefix.
        return votes.Where(v => v.Value * 2 > Math.Max(at.Unexpected.Count, at.Missing.Count))
            .OrderByDescending(v => v.Value).ThenBy(v => v.Key.Item1, StringComparer.Ordinal).ThenBy(v => v.Key.Item2, StringComparer.Ordinal)
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

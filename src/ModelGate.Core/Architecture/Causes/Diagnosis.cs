using ModelGate.Artifacts;

namespace ModelGate.Architecture.Causes;

/// <summary>A cause that was found.</summary>
/// <param name="Name">Its name in kebab-case; two that mend together are joined by <c> + </c>.</param>
/// <param name="Message">What happened, in one sentence.</param>
/// <param name="Explains">How many mismatches it accounts for.</param>
/// <param name="Remaining">How many are left when its mapping is applied.</param>
/// <param name="Mapped">The keys with its mapping applied, and those of the causes before it that cleared its way; null where no mapping mends it.</param>
internal sealed record DiagnosedCause(string Name, SafeText Message, int Explains, int Remaining, MappedKeys? Mapped);

/// <summary>Why the keys of a checkpoint do not match those expected, and what mends it.</summary>
/// <remarks>
/// Greedy: the proposal that takes away most mismatches is applied, and all causes look again at what is left. Less invasive ones go first:
/// renaming, then arithmetic, then order and shape, then leaving out. What remains is explained by causes without a mapping, each
/// mismatch by one. Every step is linear in the number of keys.
/// </remarks>
internal sealed record Diagnosis(int Mismatches, IReadOnlyList<DiagnosedCause> Causes, MappedKeys Mapped)
{
    private const int MostSteps = 10;

    /// <summary>The cause to show first; null where nothing differs or nothing is known.</summary>
    public DiagnosedCause? Best => Causes.Count > 0 ? Causes[0] : null;

    /// <summary>Mismatches that are left when every mapping is applied.</summary>
    public int Remaining { get; private init; }

    /// <summary>Finds the causes.</summary>
    /// <param name="left">What there is.</param>
    /// <param name="right">What is expected.</param>
    public static Diagnosis Of(IReadOnlyDictionary<string, ExpectedKey> left, IReadOnlyDictionary<string, ExpectedKey> right)
    {
        var start = new KeyComparison(MappedKeys.Of(left), right);
        var at = start;
        var steps = new List<DiagnosedCause>();
        var isOther = start.Mismatches > 0 && ArtifactKind.IsOther(start);
        while (!isOther && at.Mismatches > 0 && steps.Count < MostSteps && Mend(at) is var (proposal, next))
        {
            steps.Add(new DiagnosedCause(proposal.Cause, proposal.Message, at.Mismatches - next.Mismatches, next.Mismatches, next.Left));
            at = next;
        }

        steps = Join(steps);
        var explained = Explain(at);
        var found = steps.Concat(explained).OrderByDescending(c => c.Explains).ToList();
        if (steps.Count > 1)
        {
            found.Insert(0, new DiagnosedCause(
                string.Join(" + ", steps.Select(s => s.Name)), SafeText.Join("; and ", steps.Select(s => s.Message)),
                steps.Sum(s => s.Explains), at.Mismatches, at.Left));
        }

        if (Types(at) is { } types)
        {
            found.Add(types);
        }

        return new Diagnosis(start.Mismatches, found, at.Left) { Remaining = at.Mismatches };
    }

    // Element types are no mismatch of the architecture, so they are told last and count by themselves.
    private static DiagnosedCause? Types(KeyComparison at)
    {
        var types = at.Right.Where(k => k.Value.DType is not null)
            .Select(k => (Found: at.Left.Keys.TryGetValue(k.Key, out var key) ? key.Key.DType : null, Expected: k.Value.DType))
            .Where(t => t.Found is not null && t.Found != t.Expected)
            .GroupBy(t => t).OrderByDescending(g => g.Count()).ThenBy(g => g.Key.Found, StringComparer.Ordinal).ToArray();
        return types.Length == 0 ? null : new DiagnosedCause(
            "dtype",
            SafeText.Of($"element types differ ({SafeText.Join(", ", types.Take(3).Select(t => SafeText.Of($"{t.Count()} keys are {t.Key.Found} in place of {t.Key.Expected}")))}): a loader converts them, the architecture is the same"),
            types.Sum(t => t.Count()), at.Mismatches, null);
    }

    private static (Proposal Proposal, KeyComparison After)? Mend(KeyComparison at)
    {
        foreach (var kind in KnownCauses.Mending)
        {
            (Proposal Proposal, KeyComparison After)? best = null;
            var (fewest, canonical) = (at.Mismatches, -1);
            foreach (var proposal in kind.SelectMany(cause => cause.Propose(at)))
            {
                var after = new KeyComparison(proposal.After!, at.Right);
                if (after.Mismatches < fewest)
                {
                    (best, fewest) = ((proposal, after), after.Mismatches);
                }
                else if (best is null && after.Mismatches == at.Mismatches && after.CanonicalMismatches() is var close
                    && close < (canonical < 0 ? at.CanonicalMismatches() : canonical))
                {
                    // Takes nothing away by itself, but what is behind it then can.
                    (best, canonical) = ((proposal, after), close);
                }

                if (fewest == 0)
                {
                    return best;
                }
            }

            if (best is not null)
            {
                return best;
            }
        }

        return null;
    }

    // One list after the other may be mended by the same cause: it is named once, with the last step's mapping, which holds all.
    private static List<DiagnosedCause> Join(List<DiagnosedCause> steps)
    {
        var joined = new List<DiagnosedCause>();
        foreach (var step in steps)
        {
            var same = joined.FindIndex(j => j.Name == step.Name);
            if (same < 0)
            {
                joined.Add(step);
                continue;
            }

            var message = joined[same].Message == step.Message ? step.Message : SafeText.Join("; ", [joined[same].Message, step.Message]);
            joined[same] = step with { Message = message, Explains = joined[same].Explains + step.Explains };
        }

        return joined;
    }

    private static IEnumerable<DiagnosedCause> Explain(KeyComparison at)
    {
        var settled = new HashSet<string>(StringComparer.Ordinal);
        var open = at;
        foreach (var cause in KnownCauses.Explaining)
        {
            if (open.Mismatches == 0)
            {
                yield break;
            }

            foreach (var proposal in cause.Propose(open))
            {
                var before = settled.Count;
                settled.UnionWith(proposal.Accounts);
                if (settled.Count > before)
                {
                    yield return new DiagnosedCause(proposal.Cause, proposal.Message, settled.Count - before, at.Mismatches, null);
                }
            }

            open = at.Without(settled);
        }
    }
}

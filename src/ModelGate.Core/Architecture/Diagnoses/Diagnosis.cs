using ModelGate.Architecture.Causes;
using ModelGate.Architecture.Causes.Parts;
using ModelGate.Architecture.Families.Hyperparameters;
using ModelGate.Architecture.Keys;

namespace ModelGate.Architecture.Diagnoses;

/// <summary>Why the keys of a checkpoint do not match those expected, and which mapping resolves it.</summary>
/// <remarks>
/// Greedy: the proposal that takes away most mismatches is applied, and all causes look again at what is left. Less invasive ones go first:
/// renaming, then arithmetic, then order and shape, then omission. What remains is explained by causes without a mapping, each
/// mismatch by one. Every step is linear in the number of keys.
/// </remarks>
internal sealed record Diagnosis(int Mismatches, IReadOnlyList<DiagnosedCause> Causes, MappedKeys Mapped)
{
    private const int MostSteps = 10;

    /// <summary>Mismatches that are left when every mapping is applied.</summary>
    public int Remaining { get; private init; }

    /// <summary>Which two families of networks are compared; empty where it is one.</summary>
    public SafeText Families { get; private init; }

    /// <summary>Finds the causes.</summary>
    public static Diagnosis Of(KeyComparison start)
    {
        var at = start;
        var steps = new List<DiagnosedCause>();
        var isOther = start.Mismatches > 0 && (ArtifactKind.IsOther(start) || FlatParameters.Are(start));
        while (!isOther && at.Mismatches > 0 && steps.Count < MostSteps && Map(at) is var (proposal, next))
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
                steps.Sum(s => s.Explains), at.Mismatches, at.Left) { IsCombination = true });
        }

        if (Types(at) is { } types)
        {
            found.Add(types);
        }

        return new Diagnosis(start.Mismatches, found, at.Left) 
        {
            Remaining = at.Mismatches,
            Families = start.Mismatches > 0 ? TwoFamilies.Of(start) : SafeText.Empty,
        };
    }

    // Element types are not a mismatch of the architecture, so they come last and count by themselves.
    private static DiagnosedCause? Types(KeyComparison at)
    {
        var types = at.DTypeDifferences.GroupBy(d => (d.Found, d.Expected))
            .OrderByDescending(g => g.Count()).ThenBy(g => g.Key.Found, StringComparer.Ordinal).ThenBy(g => g.Key.Expected, StringComparer.Ordinal).ToArray();
        return types.Length == 0 ? null : new DiagnosedCause(
            "dtype",
            SafeText.Of($"element types differ ({SafeText.Join(", ", types.Take(3).Select(t => SafeText.Of($"{t.Count()} keys are {t.Key.Found} in place of {t.Key.Expected}")))}): a loader converts them, the architecture is the same"),
            at.DTypeDifferences.Count, at.Mismatches, null) { IsAboutTypes = true };
    }

    private static (Proposal Proposal, KeyComparison After)? Map(KeyComparison at)
    {
        foreach (var kind in KnownCauses.Mapping)
        {
            (Proposal Proposal, KeyComparison After)? best = null;
            var (fewest, canonical) = (at.Mismatches, -1);
            foreach (var proposal in kind.SelectMany(cause => cause.Propose(at)))
            {
                var after = at.With(proposal.After!);
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

    // The same cause may resolve one list after the other: it is named once, with the last step's mapping, which holds all.
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

using ModelGate.Architecture.Causes.Tables;
using ModelGate.Architecture.Keys;

namespace ModelGate.Architecture.Causes.Parts;

/// <summary>Whole parts that the model does not have, where all of the rest fits.</summary>
[KeyCauseOrder(170)]
internal sealed class ExtraPart : OmittingCause
{
    public override IEnumerable<Proposal> Propose(KeyComparison at)
    {
        if (at.Common == 0 || at.Missing.Count > 0 || at.Unexpected.Count >= at.Left.Count)
        {
            yield break;
        }

        // A speaker table changes what the rest computes: the model would run without it, and not as it was trained.
        var expected = at.Right.Keys.Select(KeyName.Top).ToHashSet(StringComparer.Ordinal);
        var extra = at.Unexpected.GroupBy(KeyName.Top, StringComparer.Ordinal)
            .Where(g => !expected.Contains(g.Key) && !SpeakerTable.IsTable(g.First()) && !AdapterKeys.Is(g.First())).ToArray();
        if (extra.Length > 0 && !at.Unexpected.Any(SpeakerTable.IsTable))
        {
            yield return Drop(at, "extra-module", SafeText.Of(
                $"the checkpoint has parts that the model has not: {SafeText.Join(", ", extra.Take(6).Select(g => SafeText.Of($"{g.Key} ({g.Count()} keys)")))}; all else fits without them"),
                extra.SelectMany(g => g));
        }
    }
}

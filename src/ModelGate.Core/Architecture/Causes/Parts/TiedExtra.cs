using ModelGate.Architecture.Keys;

namespace ModelGate.Architecture.Causes.Parts;

/// <summary>A second name of a tensor, which the model makes itself from the one that it expects.</summary>
[KeyCauseOrder(135)]
internal sealed class TiedExtra : OmittingCause
{
    public override IEnumerable<Proposal> Propose(KeyComparison at)
    {
        if (at.Common == 0)
        {
            yield break;
        }

        foreach (var name in at.Unexpected)
        {
            if (at.Ties.Find(name, at.LeftShape(name), at) is { } tie && at.Right.ContainsKey(tie.Partner))
            {
                yield return Drop(at, "tied-weights", tie.IsCertain
                    ? SafeText.Of($"{name} is tied to {tie.Partner}, which has its shape [{string.Join(", ", at.LeftShape(name))}]: it is a second name of one tensor, and nothing is lost without it")
                    : SafeText.Of($"{name} has the shape of {tie.Partner}, [{string.Join(", ", at.LeftShape(name))}], to which models tie it: where the two hold the same numbers, nothing is lost without it"), [name]);
            }
        }
    }
}

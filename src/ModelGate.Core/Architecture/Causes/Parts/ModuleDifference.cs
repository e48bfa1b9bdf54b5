using ModelGate.Architecture.Keys;

namespace ModelGate.Architecture.Causes.Parts;

/// <summary>Modules that are on one side only, where nothing narrower is known.</summary>
[KeyCauseOrder(320)]
internal sealed class ModuleDifference : KeyCause
{
    public override ProposalKind Kind => ProposalKind.Explain;

    public override IEnumerable<Proposal> Propose(KeyComparison at)
    {
        if (at.Unexpected.Count > 0)
        {
            yield return new Proposal("extra-module", SafeText.Of(
                $"{at.Unexpected.Count} keys are in the checkpoint alone: {List(at.Unexpected)}")) { Accounts = [.. at.Unexpected] };
        }

        if (at.Missing.Count > 0)
        {
            yield return new Proposal("missing-module", SafeText.Of(
                $"{at.Missing.Count} expected keys are not in the checkpoint: {List(at.Missing)}; a loader that tolerates that leaves them as the model initializes them, untrained")) { Accounts = [.. at.Missing] };
        }
    }

    private static SafeText List(IEnumerable<string> names)
        => SafeText.Join(", ", FoldedNames.Fold(names.Select(n => KeyName.Parent(n) is { Length: > 0 } module ? module : n).Distinct(StringComparer.Ordinal)).Take(5).Select(g => SafeText.From(g.Pattern)));
}

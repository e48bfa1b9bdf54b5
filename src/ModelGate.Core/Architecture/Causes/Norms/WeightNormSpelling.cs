using ModelGate.Architecture.Keys;

namespace ModelGate.Architecture.Causes.Norms;

/// <summary>Weight norm's g and v under PyTorch's old names on one side, <c>weight_g</c> and <c>weight_v</c>, and its new ones on the other.</summary>
[KeyCauseOrder(30)]
internal sealed class WeightNormSpelling : KeyCause
{
    public override ProposalKind Kind => ProposalKind.Rename;

    public override IEnumerable<Proposal> Propose(KeyComparison at)
    {
        var toOld = new Dictionary<string, string>(StringComparer.Ordinal);
        var toNew = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in at.Unexpected)
        {
            if (WeightNormKeys.Old(name) is { } old)
            {
                toOld[name] = old;
            }
            else if (WeightNormKeys.New(name) is { } made && (at.IsMissing(made) || at.Left.Contains(WeightNormKeys.Other(name))))
            {
                toNew[name] = made;
            }
        }

        if (toOld.Count > 0 && !at.Missing.Any(n => n.Contains(WeightNormKeys.Parametrized, StringComparison.Ordinal)))
        {
            yield return new Proposal("weight-norm-spelling", SafeText.Of(
                $"weight norm is spelled parametrizations.weight.original0 and original1 in the checkpoint, weight_g and weight_v in the model: a rename of {toOld.Count} keys, which PyTorch itself does not do"))
            {
                After = at.Left.Rename(n => toOld.GetValueOrDefault(n, n)),
            };
        }

        if (toNew.Count > 0 && at.Missing.Any(n => n.Contains(WeightNormKeys.Parametrized, StringComparison.Ordinal)))
        {
            yield return new Proposal("weight-norm-spelling", SafeText.Of(
                $"weight norm is spelled weight_g and weight_v in the checkpoint, parametrizations.weight.original0 and original1 in the model: a rename of {toNew.Count} keys"))
            {
                After = at.Left.Rename(n => toNew.GetValueOrDefault(n, n)),
            };
        }
    }
}

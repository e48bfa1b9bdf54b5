using ModelGate.Architecture.Keys;

namespace ModelGate.Architecture.Causes.Norms;

/// <summary>Spectral norm under PyTorch's old names on one side and its new ones on the other.</summary>
[KeyCauseOrder(40)]
internal sealed class SpectralNormSpelling : KeyCause
{
    private static readonly (string Old, string New)[] Endings =
    [
        ("weight_orig", "parametrizations.weight.original"), ("weight_u", "parametrizations.weight.0._u"), ("weight_v", "parametrizations.weight.0._v"),
    ];

    public override ProposalKind Kind => ProposalKind.Rename;

    public override IEnumerable<Proposal> Propose(KeyComparison at)
    {
        foreach (var old in new[] { true, false })
        {
            var names = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var name in at.Unexpected)
            {
                foreach (var ending in Endings)
                {
                    var (from, to) = old ? (ending.Old, ending.New) : (ending.New, ending.Old);
                    if (name.EndsWith("." + from, StringComparison.Ordinal) && name[..^from.Length] + to is var target && at.IsMissing(target))
                    {
                        names[name] = target;
                    }
                }
            }

            if (names.Count > 0)
            {
                yield return new Proposal("spectral-norm-spelling", SafeText.Of(
                    $"spectral norm is spelled {(old ? "weight_orig, weight_u, weight_v" : "parametrizations.weight.original")} in the checkpoint and the other way in the model: a rename of {names.Count} keys"))
                {
                    After = at.Left.Rename(n => names.GetValueOrDefault(n, n)),
                };
            }
        }
    }
}

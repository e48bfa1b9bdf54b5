using ModelGate.Architecture.Keys;

namespace ModelGate.Architecture.Causes.Norms;

/// <summary>One side has spectral norm, the other has not: <c>weight_orig</c>, <c>weight_u</c>, <c>weight_v</c> without <c>weight_g</c>.</summary>
[KeyCauseOrder(280)]
internal sealed class SpectralNorm : KeyCause
{
    public override ProposalKind Kind => ProposalKind.Explain;

    public override IEnumerable<Proposal> Propose(KeyComparison at)
    {
        foreach (var (names, others, side) in new[] { (at.Unexpected, at.Missing, "the checkpoint"), (at.Missing, at.Unexpected, "the model") })
        {
            var stems = names.Where(n => n.EndsWith(".weight_orig", StringComparison.Ordinal)).Select(n => n[..^"_orig".Length]).ToHashSet(StringComparer.Ordinal);
            if (stems.Count > 0)
            {
                yield return new Proposal("spectral-norm", SafeText.Of(
                    $"{side} alone has spectral norm on {stems.Count} weights (weight_orig, weight_u, weight_v without weight_g): another normalisation, which no renaming turns into weight norm"))
                {
                    Accounts = [.. names.Concat(others).Concat(at.Shapes).Where(n => stems.Contains(Stem(n)))],
                };
            }
        }
    }

    private static string Stem(string name)
    {
        foreach (var ending in new[] { "_orig", "_u", "_v", "_g" })
        {
            if (name.EndsWith(ending, StringComparison.Ordinal))
            {
                return name[..^ending.Length];
            }
        }

        return name;
    }
}

namespace ModelGate.Architecture.Causes;

/// <summary>Spectral norm under PyTorch's old names on one side and its new ones on the other.</summary>
internal sealed class SpectralNormSpelling : KeyCause
{
    private static readonly (string Old, string New)[] Endings =
    [
        ("weight_orig", "parametrizations.weight.original"), ("weight_u", "parametrizations.weight.0._u"), ("weight_v", "parametrizations.weight.0._v"),
    ];

    public override Mending Mending => Mending.Rename;

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

/// <summary>One side has spectral norm, the other has not: <c>weight_orig</c>, <c>weight_u</c>, <c>weight_v</c> without <c>weight_g</c>.</summary>
internal sealed class SpectralNorm : KeyCause
{
    public override Mending Mending => Mending.None;

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

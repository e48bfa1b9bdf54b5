using ModelGate.Architecture.Keys;

namespace ModelGate.Architecture.Causes.Names;

/// <summary>A normalisation's parameters called gamma and beta on one side, weight and bias on the other.</summary>
[KeyCauseOrder(60)]
internal sealed class GammaBeta : KeyCause
{
    public override ProposalKind Kind => ProposalKind.Rename;

    public override IEnumerable<Proposal> Propose(KeyComparison at)
    {
        foreach (var (scale, shift, toScale, toShift) in new[] { ("gamma", "beta", "weight", "bias"), ("weight", "bias", "gamma", "beta") })
        {
            var names = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var name in at.Unexpected.Where(n => KeyName.Leaf(n) == scale))
            {
                // gamma without beta is a layer scale, and no normalisation.
                var stem = name[..^scale.Length];
                if (at.IsMissing(stem + toScale) && at.IsMissing(stem + toShift) && at.Left.ShapeOf(stem + shift) is not null
                    && at.LeftShape(name).SequenceEqual(at.RightShape(stem + toScale)))
                {
                    names[name] = stem + toScale;
                    names[stem + shift] = stem + toShift;
                }
            }

            if (names.Count > 0)
            {
                yield return new Proposal("gamma-beta", SafeText.Of(
                    $"{names.Count} parameters of normalisations are called {scale} and {shift} in the checkpoint, {toScale} and {toShift} in the model: a rename"))
                {
                    After = at.Left.Rename(n => names.GetValueOrDefault(n, n)),
                };
            }
        }
    }
}

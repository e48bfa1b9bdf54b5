using ModelGate.Architecture.Keys;

namespace ModelGate.Architecture.Causes.Norms;

/// <summary>The checkpoint holds weight norm's g and v, the model was built without: weight = v * g / norm(v).</summary>
[KeyCauseOrder(80)]
internal sealed class WeightNormFolded : KeyCause
{
    public override ProposalKind Kind => ProposalKind.Compute;

    public override IEnumerable<Proposal> Propose(KeyComparison at)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var made = new Dictionary<string, MappedKey>(StringComparer.Ordinal);
        foreach (var name in at.Unexpected)
        {
            if (WeightNormKeys.OfDirection(name) is var (weight, magnitude) && at.IsMissing(weight)
                && at.Left.IsPlain(name, out var v) && at.Left.IsPlain(magnitude, out var g)
                && WeightNormKeys.Fit(at.LeftShape(magnitude), at.LeftShape(name)))
            {
                taken.Add(name);
                taken.Add(magnitude);
                made[weight] = new MappedKey(at.Left[name].Key, new KeyOrigin(KeyOperation.Fold, [g, v]));
            }
        }

        if (made.Count > 0)
        {
            yield return new Proposal("weight-norm-folded", SafeText.Of(
                $"the checkpoint holds weight norm's g and v of {made.Count} weights, the model was built without weight norm: fold them, weight = v * g / norm(v)"))
            {
                After = at.Left.Replace(taken, made),
            };
        }
    }
}

using ModelGate.Architecture.Keys;

namespace ModelGate.Architecture.Causes.Norms;

/// <summary>The checkpoint's weight norm was removed, the model has it: g = norm(weight), v = weight.</summary>
[KeyCauseOrder(90)]
internal sealed class WeightNormUnfolded : KeyCause
{
    public override ProposalKind Kind => ProposalKind.Compute;

    public override IEnumerable<Proposal> Propose(KeyComparison at)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var made = new Dictionary<string, MappedKey>(StringComparer.Ordinal);
        foreach (var name in at.Missing)
        {
            if (WeightNormKeys.OfDirection(name) is var (weight, magnitude) && at.IsMissing(magnitude) && at.IsUnexpected(weight)
                && at.Left.IsPlain(weight, out var source) && WeightNormKeys.Fit(at.RightShape(magnitude), at.LeftShape(weight)))
            {
                var key = at.Left[weight];
                taken.Add(weight);
                made[name] = key;
                made[magnitude] = new MappedKey(at.Right[magnitude] with { DType = key.Key.DType }, new KeyOrigin(KeyOperation.Magnitude, [source]));
            }
        }

        if (taken.Count > 0)
        {
            yield return new Proposal("weight-norm-unfolded", SafeText.Of(
                $"weight norm was removed from the checkpoint, the model has it on {taken.Count} weights: g = norm(weight) and v = weight give the same network"))
            {
                After = at.Left.Replace(taken, made),
            };
        }
    }
}

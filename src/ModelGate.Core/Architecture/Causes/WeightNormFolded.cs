namespace ModelGate.Architecture.Causes;

/// <summary>The checkpoint holds weight norm's g and v, the model was built without: weight = v * g / norm(v).</summary>
internal sealed class WeightNormFolded : KeyCause
{
    public override Mending Mending => Mending.Compute;

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
                made[weight] = new MappedKey(at.Left.Keys[name].Key, new KeyOrigin(KeyOperation.Fold, [g, v]));
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

/// <summary>The checkpoint's weight norm was removed, the model has it: g = norm(weight), v = weight.</summary>
internal sealed class WeightNormUnfolded : KeyCause
{
    public override Mending Mending => Mending.Compute;

    public override IEnumerable<Proposal> Propose(KeyComparison at)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var made = new Dictionary<string, MappedKey>(StringComparer.Ordinal);
        foreach (var name in at.Missing)
        {
            if (WeightNormKeys.OfDirection(name) is var (weight, magnitude) && at.IsMissing(magnitude) && at.IsUnexpected(weight)
                && at.Left.IsPlain(weight, out var source) && WeightNormKeys.Fit(at.RightShape(magnitude), at.LeftShape(weight)))
            {
                var key = at.Left.Keys[weight];
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

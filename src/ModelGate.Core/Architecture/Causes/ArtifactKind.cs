namespace ModelGate.Architecture.Causes;

/// <summary>Another kind of file: a discriminator in place of the generator, an optimizer's state, another network.</summary>
internal sealed class ArtifactKind : KeyCause
{
    public override Mending Mending => Mending.None;

    public override IEnumerable<Proposal> Propose(KeyComparison at)
    {
        // A few equal names such as conv_post.bias do not make the same network.
        if (at.Common * 10 > Math.Min(at.Left.Keys.Count, at.Right.Count) || at.Unexpected.Count == 0 || at.Left.Keys.Keys.All(AdapterKeys.Is))
        {
            yield break;
        }

        var (left, right) = (KindOf(at.Left.Keys.Keys), KindOf(at.Right.Keys));
        var common = at.Common == 0 ? "nothing" : at.Common == 1 ? "one name" : $"{at.Common} names";
        if (left != right)
        {
            yield return new Proposal("artifact-kind", SafeText.Of(
                $"the checkpoint is {Describe(left)}, the model {Describe(right)}: {common} in common; another file is meant{(left == Kind.Discriminator ? " (G_*.pth in place of D_*.pth)" : "")}")) { Accounts = All(at) };
        }
        else if (at.Common == 0 && !SameShapes(at))
        {
            yield return new Proposal("artifact-kind", SafeText.Of(
                $"nothing in common: the checkpoint holds {Parts(at.Left.Keys.Keys)}, the model {Parts(at.Right.Keys)}; these are two networks, or the file is another one than was meant")) { Accounts = All(at) };
        }
    }

    /// <summary>Whether a discriminator stands in place of another network: then equal names are chance, and no mapping is looked for.</summary>
    public static bool IsOther(KeyComparison at)
        => at.Common * 10 <= Math.Min(at.Left.Keys.Count, at.Right.Count)
            && (KindOf(at.Left.Keys.Keys) == Kind.Discriminator) != (KindOf(at.Right.Keys) == Kind.Discriminator)
            && !at.Left.Keys.Keys.Concat(at.Right.Keys).Any(n => KeySpelling.Top(n) is "generator" or "net_g" or "model");

    private static string[] All(KeyComparison at) => [.. at.Missing, .. at.Unexpected, .. at.Shapes];

    private static SafeText Parts(IEnumerable<string> names)
        => SafeText.Join(", ", names.Select(KeySpelling.Top).Distinct(StringComparer.Ordinal).Take(6).Select(n => SafeText.From(n)));

    private static bool SameShapes(KeyComparison at)
    {
        var left = at.Left.Keys.Values.Select(k => string.Join(',', k.Key.Shape)).Order(StringComparer.Ordinal);
        return left.SequenceEqual(at.Right.Values.Select(k => string.Join(',', k.Shape)).Order(StringComparer.Ordinal), StringComparer.Ordinal);
    }

    private static string Describe(Kind kind) => kind switch
    {
        Kind.Discriminator => "a discriminator (D_*.pth)",
        Kind.Optimizer => "an optimizer's state",
        Kind.Generator => "a generator",
        _ => "another network",
    };

    private static Kind KindOf(IEnumerable<string> names)
    {
        var (all, discriminators, states, generators) = (0, 0, 0, 0);
        foreach (var name in names)
        {
            all++;
            discriminators += KeySpelling.HasPart(name, "discriminators", "discriminator", "mpd", "msd", "mrd", "net_d") ? 1 : 0;
            states += KeySpelling.Leaf(name) is "exp_avg" or "exp_avg_sq" or "max_exp_avg_sq" or "momentum_buffer" or "square_avg" or "step" ? 1 : 0;
            generators += KeySpelling.HasPart(name, "ups", "resblocks", "dec", "enc_p", "flow", "mrfs") ? 1 : 0;
        }

        return discriminators * 2 > all ? Kind.Discriminator : states * 2 > all ? Kind.Optimizer : generators * 2 > all ? Kind.Generator : Kind.Other;
    }

    private enum Kind
    {
        Other,
        Generator,
        Discriminator,
        Optimizer,
    }
}

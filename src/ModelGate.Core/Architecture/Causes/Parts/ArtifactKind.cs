using ModelGate.Architecture.Keys;

namespace ModelGate.Architecture.Causes.Parts;

/// <summary>Another kind of file: a discriminator in place of the generator, an optimizer's state, another network.</summary>
[KeyCauseOrder(180)]
internal sealed class ArtifactKind : KeyCause
{
    /// <summary>Enough names, evenly spread, to know what most of them are.</summary>
    private const int Sample = 4096;

    public override ProposalKind Kind => ProposalKind.Explain;

    public override IEnumerable<Proposal> Propose(KeyComparison at)
    {
        // A few equal names such as conv_post.bias do not make the same network.
        if (at.Common * 10 > Math.Min(at.Left.Count, at.Right.Count) || at.Unexpected.Count == 0 || at.Left.Names.All(AdapterKeys.Is))
        {
            yield break;
        }

        var (left, right) = (KindOf(at.Left.Names, at.Left.Count), KindOf(at.Right.Keys, at.Right.Count));
        var common = at.Common == 0 ? "nothing" : at.Common == 1 ? "one name" : $"{at.Common} names";
        if (left != right)
        {
            yield return new Proposal("artifact-kind", SafeText.Of(
                $"the checkpoint is {Describe(left)}, the model {Describe(right)}: {common} in common; another file is meant{(left == NetworkKind.Discriminator ? " (G_*.pth in place of D_*.pth)" : "")}")) { Accounts = All(at) };
        }
        else if (at.Common == 0 && !SameShapes(at))
        {
            yield return new Proposal("artifact-kind", SafeText.Of(
                $"nothing in common: the checkpoint holds {Parts(at.Left.Names)}, the model {Parts(at.Right.Keys)}; these are two networks, or the file is another one than was meant")) { Accounts = All(at) };
        }
    }

    /// <summary>Whether a discriminator stands in place of another network: then equal names are chance, and no mapping is looked for.</summary>
    public static bool IsOther(KeyComparison at)
        => at.Common * 10 <= Math.Min(at.Left.Count, at.Right.Count)
            && (KindOf(at.Left.Names, at.Left.Count) == NetworkKind.Discriminator) != (KindOf(at.Right.Keys, at.Right.Count) == NetworkKind.Discriminator)
            && !at.Left.Names.Concat(at.Right.Keys).Any(n => KeyName.Top(n) is "generator" or "net_g" or "model");

    private static string[] All(KeyComparison at) => [.. at.Missing, .. at.Unexpected, .. at.Shapes];

    private static SafeText Parts(IEnumerable<string> names)
        => SafeText.Join(", ", names.Select(KeyName.Top).Distinct(StringComparer.Ordinal).Take(6).Select(n => SafeText.From(n)));

    private static bool SameShapes(KeyComparison at)
    {
        var left = at.Left.Keys.Select(k => string.Join(',', k.Value.Key.Shape)).Order(StringComparer.Ordinal);
        return left.SequenceEqual(at.Right.Values.Select(k => string.Join(',', k.Shape)).Order(StringComparer.Ordinal), StringComparer.Ordinal);
    }

    private static string Describe(NetworkKind kind) => kind switch
    {
        NetworkKind.Discriminator => "a discriminator (D_*.pth)",
        NetworkKind.Optimizer => "an optimizer's state",
        NetworkKind.Generator => "a generator",
        _ => "another network",
    };

    private static NetworkKind KindOf(IEnumerable<string> names, int count)
    {
        var stride = Math.Max(1, count / Sample);
        var (all, discriminators, states, generators) = (0, 0, 0, 0);
        foreach (var name in names.Where((_, i) => i % stride == 0))
        {
            all++;
            discriminators += KeyName.HasPart(name, "discriminators", "discriminator", "mpd", "msd", "mrd", "net_d") ? 1 : 0;
            states += KeyName.Leaf(name) is "exp_avg" or "exp_avg_sq" or "max_exp_avg_sq" or "momentum_buffer" or "square_avg" or "step" ? 1 : 0;
            generators += KeyName.HasPart(name, "ups", "resblocks", "dec", "enc_p", "flow", "mrfs") ? 1 : 0;
        }

        return discriminators * 2 > all ? NetworkKind.Discriminator : states * 2 > all ? NetworkKind.Optimizer : generators * 2 > all ? NetworkKind.Generator : NetworkKind.Other;
    }

    private enum NetworkKind
    {
        Other,
        Generator,
        Discriminator,
        Optimizer,
    }
}

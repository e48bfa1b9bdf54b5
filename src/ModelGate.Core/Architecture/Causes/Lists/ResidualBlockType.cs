using ModelGate.Architecture.Keys;

namespace ModelGate.Architecture.Causes.Lists;

/// <summary>HiFi-GAN's residual blocks of type 1 (<c>convs1</c>, <c>convs2</c>) on one side, of type 2 (<c>convs</c>) on the other.</summary>
[KeyCauseOrder(240)]
internal sealed class ResidualBlockType : KeyCause
{
    public override ProposalKind Kind => ProposalKind.Explain;

    public override IEnumerable<Proposal> Propose(KeyComparison at)
    {
        var (left, right) = (TypeOf(at.Unexpected), TypeOf(at.Missing));
        if (left != right && left > 0 && right > 0)
        {
            yield return new Proposal("resblock-type", SafeText.Of(
                $"the checkpoint's residual blocks are of type {left} ({Names(left)}), the model's of type {right} ({Names(right)}): set resblock to \"{left}\""))
            {
                Accounts = [.. at.Unexpected.Concat(at.Missing).Concat(at.Shapes).Where(n => KeyName.HasPart(n, "resblocks"))],
            };
        }
    }

    private static int TypeOf(List<string> names)
        => names.Any(n => KeyName.HasPart(n, "resblocks") && KeyName.HasPart(n, "convs1")) ? 1
            : names.Any(n => KeyName.HasPart(n, "resblocks") && KeyName.HasPart(n, "convs")) ? 2 : 0;

    private static string Names(int type) => type == 1 ? "convs1 and convs2" : "convs";
}

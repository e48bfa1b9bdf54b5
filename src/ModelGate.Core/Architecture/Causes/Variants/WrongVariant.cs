using ModelGate.Architecture.Keys;

namespace ModelGate.Architecture.Causes.Variants;

/// <summary>Two variants of one family: the names are alike, and the shapes say which each is.</summary>
[KeyCauseOrder(250)]
internal sealed class WrongVariant : KeyCause
{
    public override ProposalKind Kind => ProposalKind.Explain;

    public override IEnumerable<Proposal> Propose(KeyComparison at)
    {
        var left = KnownVariants.Of(at.Left.Names, at.Left.ShapeOf);
        var right = KnownVariants.Of(at.Right.Keys, n => at.Right.TryGetValue(n, out var key) ? key.Shape : null);
        if (left.Count == 0 || right.Count == 0 || left.SequenceEqual(right, StringComparer.Ordinal))
        {
            yield break;
        }

        string[] names = [.. at.Shapes, .. at.Missing.Concat(at.Unexpected).Where(n => KeyName.HasPart(n, "dec", "ups", "resblocks"))];
        if (names.Length > 0)
        {
            var either = left.Count > 1 || right.Count > 1 ? SafeText.Of($"; names and shapes cannot tell {string.Join(" from ", left.Count > 1 ? left : right)}") : SafeText.Empty;
            yield return new Proposal("wrong-variant", SafeText.Of(
                $"these shapes are {string.Join(" or ", left)}, and {string.Join(" or ", right)} is expected{either}")) { Accounts = names };
        }
    }
}

using ModelGate.Architecture.Keys;

namespace ModelGate.Architecture.Causes.Shapes;

/// <summary>Weights with their dimensions in another order, or in another shape of the same order.</summary>
[KeyCauseOrder(110)]
internal sealed class Transposed : KeyCause
{
    private static readonly int[][] Orders =
    [
        [1, 0], [2, 1, 0], [1, 0, 2], [0, 2, 1], [1, 2, 0], [2, 0, 1], [3, 2, 0, 1], [1, 0, 2, 3], [0, 3, 1, 2], [0, 2, 3, 1], [3, 2, 1, 0], [2, 3, 1, 0], [0, 1, 3, 2],
    ];

    public override ProposalKind Kind => ProposalKind.Compute;

    public override IEnumerable<Proposal> Propose(KeyComparison at)
    {
        var plain = at.Shapes.Where(n => at.Left.IsPlain(n, out _) && at.LeftShape(n).Count > 1).ToArray();
        var made = new Dictionary<string, MappedKey>(StringComparer.Ordinal);
        foreach (var rank in plain.GroupBy(n => at.LeftShape(n).Count))
        {
            // One order for all weights of a rank: a kernel of size 1 fits several.
            var order = Orders.Where(o => o.Length == rank.Key).MaxBy(o => rank.Count(n => Is(at, n, o)));
            foreach (var name in rank.Where(n => order is not null && Is(at, n, order)))
            {
                made[name] = new MappedKey(at.Left[name].Key with { Shape = at.RightShape(name) }, new KeyOrigin(KeyOperation.Permute, at.Left[name].Origin.From) { Numbers = order! });
            }
        }

        // Where most shapes fit no order, those that do are a coincidence of widths.
        if (made.Count > 0 && made.Count * 2 >= plain.Length)
        {
            yield return new Proposal("transposed", SafeText.Of(
                $"{made.Count} weights have their dimensions in another order: transpose them; square weights look alike both ways, so look at those of the same layers too"))
            {
                After = at.Left.Replace(new HashSet<string>(), made),
            };
        }

        var reshaped = new Dictionary<string, MappedKey>(StringComparer.Ordinal);
        foreach (var name in at.Shapes.Where(n => at.Left.IsPlain(n, out _)))
        {
            if (at.LeftShape(name).Where(s => s != 1).SequenceEqual(at.RightShape(name).Where(s => s != 1)))
            {
                reshaped[name] = new MappedKey(at.Left[name].Key with { Shape = at.RightShape(name) }, new KeyOrigin(KeyOperation.Reshape, at.Left[name].Origin.From));
            }
        }

        if (reshaped.Count > 0)
        {
            yield return new Proposal("reshaped", SafeText.Of(
                $"{reshaped.Count} tensors differ in dimensions of size 1 alone, as a linear layer and a convolution of kernel 1 do: reshape them"))
            {
                After = at.Left.Replace(new HashSet<string>(), reshaped),
            };
        }
    }

    private static bool Is(KeyComparison at, string name, int[] order)
    {
        var (left, right) = (at.LeftShape(name), at.RightShape(name));
        return left.Count == order.Length && right.Count == order.Length && order.Select(axis => left[axis]).SequenceEqual(right);
    }
}

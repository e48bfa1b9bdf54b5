using ModelGate.Architecture.Keys;

namespace ModelGate.Architecture.Causes.Shapes;

/// <summary>Several projections in one tensor on one side: <c>in_proj_weight</c> beside <c>q_proj</c>, <c>k_proj</c>, <c>v_proj</c>.</summary>
[KeyCauseOrder(120)]
internal sealed class Concatenated : KeyCause
{
    private const int MostPieces = 4;

    public override ProposalKind Kind => ProposalKind.Compute;

    public override IEnumerable<Proposal> Propose(KeyComparison at)
    {
        if (at.Missing.Count == 0 || at.Unexpected.Count == 0)
        {
            yield break;
        }

        var left = at.Unexpected.GroupBy(Place).ToDictionary(g => g.Key, g => g.ToArray());
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var made = new Dictionary<string, MappedKey>(StringComparer.Ordinal);
        foreach (var group in at.Missing.GroupBy(Place))
        {
            if (!left.TryGetValue(group.Key, out var there))
            {
                continue;
            }

            var wanted = group.ToArray();
            if (wanted is [var whole] && Pieces(there, at.LeftShape, at.RightShape(whole)) && there.All(n => at.Left.IsPlain(n, out _)))
            {
                var pieces = InOrder(there);
                taken.UnionWith(pieces);
                made[whole] = new MappedKey(
                    at.Right[whole] with { DType = at.Left[pieces[0]].Key.DType },
                    new KeyOrigin(KeyOperation.Concatenate, [.. pieces.Select(n => at.Left[n].Origin.From[0])]));
            }
            else if (there is [var one] && Pieces(wanted, at.RightShape, at.LeftShape(one)) && at.Left.IsPlain(one, out var source))
            {
                taken.Add(one);
                var row = 0L;
                foreach (var piece in InOrder(wanted))
                {
                    made[piece] = new MappedKey(
                        at.Right[piece] with { DType = at.Left[one].Key.DType }, new KeyOrigin(KeyOperation.Slice, [source]) { Numbers = [checked((int)row)] });
                    row += at.RightShape(piece)[0];
                }
            }
        }

        if (made.Count > 0)
        {
            yield return new Proposal("concatenated", SafeText.Of(
                $"projections that are one tensor on one side are several on the other ({SafeText.Join(", ", taken.Take(3).Select(n => SafeText.From(n)))} against {SafeText.Join(", ", made.Keys.Take(3).Select(n => SafeText.From(n)))}): {(taken.Count > made.Count ? "concatenate" : "split")} them along the first dimension, in the order query, key, value"))
            {
                After = at.Left.Replace(taken, made),
            };
        }
    }

    // X.in_proj_weight and X.q_proj.weight stand in one place, the module X, as weights.
    private static (string Module, bool IsBias) Place(string name)
    {
        var leaf = KeyName.Leaf(name);
        var parent = KeyName.Parent(name);
        return (leaf is "weight" or "bias" ? KeyName.Parent(parent) : parent, leaf.EndsWith("bias", StringComparison.Ordinal));
    }

    private static bool Pieces(string[] names, Func<string, IReadOnlyList<long>> shapeOf, IReadOnlyList<long> whole)
        => names.Length is > 1 and <= MostPieces && whole.Count > 0 && whole[0] < int.MaxValue
            && names.All(n => shapeOf(n).Count == whole.Count && shapeOf(n).Skip(1).SequenceEqual(whole.Skip(1)) && shapeOf(n)[0] <= whole[0])
            && names.Sum(n => shapeOf(n)[0]) == whole[0];

    private static string[] InOrder(string[] names) => [.. names.OrderBy(Position)];

    private static int Position(string name)
    {
        var leaf = KeyName.Leaf(name) is "weight" or "bias" ? KeyName.Leaf(KeyName.Parent(name)) : KeyName.Leaf(name);
        return leaf.Split('_').Select(p => p.Length > 0 ? "qkv".IndexOf(p[0], StringComparison.Ordinal) : -1).FirstOrDefault(p => p >= 0, 3);
    }
}

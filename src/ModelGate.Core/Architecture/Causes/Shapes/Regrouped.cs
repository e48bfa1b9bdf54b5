using ModelGate.Architecture.Keys;

namespace ModelGate.Architecture.Causes.Shapes;

/// <summary>Convolutions with another number of groups: the second dimension alone differs, by a whole factor.</summary>
[KeyCauseOrder(290)]
internal sealed class Regrouped : KeyCause
{
    public override ProposalKind Kind => ProposalKind.Explain;

    public override IEnumerable<Proposal> Propose(KeyComparison at)
    {
        var names = at.Shapes.Where(n => Factor(at, n) != 0).ToArray();

        // A convolution whose width changed has other outputs too: then the biases differ as well, and it is not about groups.
        if (names.Length > 0 && names.Length == at.Shapes.Count(n => at.LeftShape(n).Count > 2))
        {
            var (left, right) = (at.LeftShape(names[0]), at.RightShape(names[0]));
            var more = left[1] < right[1] ? "more" : "fewer";
            yield return new Proposal("regrouped", SafeText.Of(
                $"{names.Length} convolutions have {more} groups in the checkpoint than in the model, by a factor of {Math.Max(left[1], right[1]) / Math.Min(left[1], right[1])}: {names[0]} sees {left[1]} channels a group, {right[1]} are expected"))
            {
                Accounts = names,
            };
        }
    }

    private static long Factor(KeyComparison at, string name)
    {
        var (left, right) = (at.LeftShape(name), at.RightShape(name));
        if (left.Count < 3 || left.Count != right.Count || left[0] != right[0] || !left.Skip(2).SequenceEqual(right.Skip(2)) || left[1] == 0 || right[1] == 0)
        {
            return 0;
        }

        var (small, large) = (Math.Min(left[1], right[1]), Math.Max(left[1], right[1]));
        return large % small == 0 && left[0] % (large / small) == 0 ? large / small : 0;
    }
}

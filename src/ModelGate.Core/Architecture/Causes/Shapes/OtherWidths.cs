using ModelGate.Architecture.Keys;

namespace ModelGate.Architecture.Causes.Shapes;

/// <summary>The same names with other widths: another configuration of the same network.</summary>
[KeyCauseOrder(300)]
internal sealed class OtherWidths : KeyCause
{
    public override ProposalKind Kind => ProposalKind.Explain;

    public override IEnumerable<Proposal> Propose(KeyComparison at)
    {
        if (at.Shapes.Count > 0)
        {
            var first = at.Shapes[0];
            var kernels = at.Shapes.All(n => at.LeftShape(n).Count == at.RightShape(n).Count && at.LeftShape(n).Take(2).SequenceEqual(at.RightShape(n).Take(2)));
            yield return new Proposal("wrong-variant", SafeText.Of(
                $"{at.Shapes.Count} tensors have other {(kernels ? "kernels" : "widths")}: {first} is {Show(at.LeftShape(first))} in the checkpoint and {Show(at.RightShape(first))} in the model; another configuration of the same network{Sizes(at)}"))
            {
                Accounts = [.. at.Shapes],
            };
        }
    }

    // Where all of them change in the same way, that is the number to look for in the configurations.
    private static SafeText Sizes(KeyComparison at)
    {
        var changes = at.Shapes.Select(n => at.LeftShape(n).Count == at.RightShape(n).Count ? at.LeftShape(n).Zip(at.RightShape(n)).Where(p => p.First != p.Second).Distinct().ToArray() : []).ToArray();
        return changes.Length > 1 && changes.All(c => c is [var only] && only == changes[0][0]) ? SafeText.Of($": {changes[0][0].First} is {changes[0][0].Second} in all of them") : SafeText.Empty;
    }

    private static string Show(IReadOnlyList<long> shape) => "[" + string.Join(", ", shape) + "]";
}

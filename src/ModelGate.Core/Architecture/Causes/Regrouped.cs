namespace ModelGate.Architecture.Causes;

/// <summary>Convolutions with another number of groups: the second dimension alone differs, by a whole factor.</summary>
internal sealed class Regrouped : KeyCause
{
    public override Mending Mending => Mending.None;

    public override IEnumerable<Proposal> Propose(KeyComparison at)
    {
        var names = at.Shapes.Where(n => Factor(at, n) != 0).ToArray();

        // A convolution whose width changed has other outputs too: then the biases differ as well, and it is no matter of groups.
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

/// <summary>The same names with other widths: another configuration of the same network.</summary>
internal sealed class OtherWidths : KeyCause
{
    public override Mending Mending => Mending.None;

    public override IEnumerable<Proposal> Propose(KeyComparison at)
    {
        if (at.Shapes.Count > 0)
        {
            var first = at.Shapes[0];
            var kernels = at.Shapes.All(n => at.LeftShape(n).Count == at.RightShape(n).Count && at.LeftShape(n).Take(2).SequenceEqual(at.RightShape(n).Take(2)));
            yield return new Proposal("wrong-variant", SafeText.Of(
                $"{at.Shapes.Count} tensors have other {(kernels ? "kernels" : "widths")}: {first} is {Show(at.LeftShape(first))} in the checkpoint and {Show(at.RightShape(first))} in the model; another configuration of the same network"))
            {
                Accounts = [.. at.Shapes],
            };
        }
    }

    private static string Show(IReadOnlyList<long> shape) => "[" + string.Join(", ", shape) + "]";
}

/// <summary>Modules that stand on one side alone, where nothing narrower is known.</summary>
internal sealed class ModuleDifference : KeyCause
{
    public override Mending Mending => Mending.None;

    public override IEnumerable<Proposal> Propose(KeyComparison at)
    {
        if (at.Unexpected.Count > 0)
        {
            yield return new Proposal("extra-module", SafeText.Of(
                $"{at.Unexpected.Count} keys are in the checkpoint alone: {List(at.Unexpected)}")) { Accounts = [.. at.Unexpected] };
        }

        if (at.Missing.Count > 0)
        {
            yield return new Proposal("missing-module", SafeText.Of(
                $"{at.Missing.Count} expected keys are not in the checkpoint: {List(at.Missing)}; a loader fills them with random numbers")) { Accounts = [.. at.Missing] };
        }
    }

    private static SafeText List(IEnumerable<string> names)
        => SafeText.Join(", ", FoldedNames.Fold(names.Select(KeySpelling.Parent).Distinct(StringComparer.Ordinal)).Take(5).Select(g => SafeText.From(g.Pattern)));
}

using ModelGate.Architecture.Families;
using ModelGate.Architecture.Families.Expressions;
using ModelGate.Architecture.Families.Hyperparameters;
using ModelGate.Architecture.Keys;

namespace ModelGate.Architecture.Causes.Variants;

/// <summary>Two variants of one family: the names are alike, and the shapes say which each is.</summary>
/// <param name="families">The families to recognize; all that are known where null.</param>
[KeyCauseOrder(250)]
internal sealed class WrongVariant(IReadOnlyList<ModelFamily>? families) : KeyCause
{
    public WrongVariant()
        : this(null)
    {
    }

    public override ProposalKind Kind => ProposalKind.Explain;

    public override IEnumerable<Proposal> Propose(KeyComparison at)
    {
        var known = families ?? ModelFamilies.All;
        if (FamilyVariants.Of(known, new FamilyTensors(at.Left.Names, at.Left.ShapeOf)) is not { } left
            || FamilyVariants.Of(known, new FamilyTensors(at.Right.Keys, n => at.Right.GetValueOrDefault(n)?.Shape)) is not { } right
            || left.Labels.SequenceEqual(right.Labels, StringComparer.Ordinal))
        {
            yield break;
        }

        var differing = left.Family.Name == right.Family.Name ? FamilyVariants.DifferingNames(left.Family, left.Fitting[0], right.Fitting[0]) : [];
        string[] names = [.. at.Shapes, .. at.Missing.Concat(at.Unexpected).Where(n => differing.Contains(FamilyVariants.Form(n)))];
        if (names.Length > 0)
        {
            var either = left.Fitting.Count > 1 || right.Fitting.Count > 1
                ? SafeText.Of($"; names and shapes cannot tell {string.Join(" from ", (left.Fitting.Count > 1 ? left : right).Labels)}")
                : SafeText.Empty;
            yield return new Proposal("wrong-variant", SafeText.Of(
                $"these shapes are {string.Join(" or ", left.Labels)}, and {string.Join(" or ", right.Labels)} is expected{either}")) { Accounts = names };
        }
    }
}

using ModelGate.Architecture.Keys;

namespace ModelGate.Architecture.Causes.Norms;

/// <summary>A normalisation's scale and shift that the checkpoint lacks: a model starts them at 1 and 0.</summary>
[KeyCauseOrder(312)]
internal sealed class ScalesAbsent : KeyCause
{
    private static readonly string[] Words = ["norm", "layernorm", "batchnorm", "groupnorm", "rmsnorm", "ln", "bn", "gn"];

    public override ProposalKind Kind => ProposalKind.Explain;

    public override IEnumerable<Proposal> Propose(KeyComparison at)
    {
        var names = at.Missing.Where(n => Is(at, n)).ToArray();
        if (names.Length > 0)
        {
            yield return new Proposal("norm-absent", SafeText.Of(
                $"{names.Length} scales and shifts of normalizations are not in the checkpoint ({FoldedNames.Fold(names)[0].Pattern}): a model starts them at 1 and 0, which changes nothing by itself and is not what was trained with them"))
            {
                Accounts = names,
            };
        }
    }

    /// <summary>Whether an expected key is a normalization's scale or shift.</summary>
    public static bool Is(KeyComparison at, string name)
        => at.RightShape(name).Count == 1 && KeyName.Leaf(name) is "weight" or "bias" or "gamma" or "beta" && IsNorm(KeyName.Leaf(KeyName.Parent(name)));

    // norm, norm1, norm_2, input_layernorm, ln_1, bn3.
    private static bool IsNorm(string module)
        => module.Split('_').Select(w => w.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9')).Any(w => Words.Contains(w, StringComparer.OrdinalIgnoreCase));
}

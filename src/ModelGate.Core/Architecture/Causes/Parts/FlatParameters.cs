using ModelGate.Architecture.Keys;

namespace ModelGate.Architecture.Causes.Parts;

/// <summary>FSDP's flat parameters in place of the weights that each of them is made of.</summary>
[KeyCauseOrder(175)]
internal sealed class FlatParameters : KeyCause
{
    public override ProposalKind Kind => ProposalKind.Explain;

    /// <summary>Whether flat parameters stand in the place of weights: then no mapping is looked for.</summary>
    public static bool Are(KeyComparison at) => at.Missing.Count > 0 && at.Unexpected.Any(Is);

    public override IEnumerable<Proposal> Propose(KeyComparison at)
    {
        var flat = at.Unexpected.Where(Is).ToArray();
        if (flat.Length > 0)
        {
            yield return new Proposal("flat-parameters", SafeText.Of(
                $"the checkpoint holds {flat.Length} flat parameters of FSDP ({flat[0]}), each of them many weights of a module one behind the other: no renaming takes them apart; gather the full state dict before saving (StateDictType.FULL_STATE_DICT, or get_model_state_dict with full_state_dict=True)"))
            {
                Accounts = [.. at.Unexpected, .. at.Missing],
            };
        }
    }

    // PyTorch's FlatParameter, and FairScale's, which numbers them.
    private static bool Is(string name)
        => KeyName.Leaf(name) is var leaf && (leaf is "_flat_param" or "flat_param" || (leaf.StartsWith("flat_param_", StringComparison.Ordinal) && KeyName.IsIndex(leaf.AsSpan("flat_param_".Length))));
}

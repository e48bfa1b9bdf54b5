using ModelGate.Architecture.Keys;

namespace ModelGate.Architecture.Causes.Adapters;

/// <summary>Adapters without their base, adapters that are expected and not there, adapters of another rank.</summary>
[KeyCauseOrder(190)]
internal sealed class AdapterMissing : KeyCause
{
    public override ProposalKind Kind => ProposalKind.Explain;

    public override IEnumerable<Proposal> Propose(KeyComparison at)
    {
        var there = at.Unexpected.Where(AdapterKeys.Is).ToArray();
        if (there.Length > 0)
        {
            var only = at.Left.Names.All(n => AdapterKeys.Is(n) || KeyName.Leaf(n) is "alpha" or "scaling");
            yield return only
                ? new Proposal("lora-only", SafeText.Of($"the checkpoint holds LoRA adapters alone ({there.Length} keys of rank {AdapterKeys.Rank(there, at.LeftShape)}): the base model's weights are in another file"))
                {
                    Accounts = [.. at.Unexpected, .. at.Missing],
                }
                : new Proposal("lora-present", SafeText.Of($"LoRA adapters lie beside {AdapterKeys.Modules(there)} ({there.Length} keys) and the model expects none: merge them into the weights before they are exported"))
                {
                    Accounts = there,
                };
        }

        var wanted = at.Missing.Where(AdapterKeys.Is).ToArray();
        if (wanted.Length > 0)
        {
            yield return new Proposal("lora-absent", SafeText.Of(
                $"the model is built with LoRA adapters of rank {AdapterKeys.Rank(wanted, at.RightShape)} beside {AdapterKeys.Modules(wanted)} ({wanted.Length} keys), the checkpoint has none: merged already, or never trained; build the model without them"))
            {
                Accounts = wanted,
            };
        }

        var other = at.Shapes.Where(AdapterKeys.Is).ToArray();
        if (other.Length > 0)
        {
            yield return new Proposal("lora-rank", SafeText.Of(
                $"the LoRA adapters have rank {AdapterKeys.Rank(other, at.LeftShape)} in the checkpoint, {AdapterKeys.Rank(other, at.RightShape)} in the model"))
            {
                Accounts = other,
            };
        }
    }
}

using ModelGate.Architecture.Keys;
namespace ModelGate.Architecture.Causes;

/// <summary>A reason why keys do not match. A cause proposes; the diagnosis holds the proposal against names and shapes.</summary>
internal abstract class KeyCause
{
    /// <summary>What a proposal of this cause does, which decides when it is tried.</summary>
    public abstract ProposalKind Kind { get; }

    /// <summary>What may have happened, given what still differs.</summary>
    public abstract IEnumerable<Proposal> Propose(KeyComparison at);
}

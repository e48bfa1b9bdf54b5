using ModelGate.Architecture.Keys;

namespace ModelGate.Architecture.Causes.Parts;

/// <summary>Keys that the model can do without: a proposal to leave them out.</summary>
internal abstract class OmittingCause : KeyCause
{
    public override ProposalKind Kind => ProposalKind.Omit;

    protected static Proposal Drop(KeyComparison at, string cause, SafeText message, IEnumerable<string> names)
        => new(cause, message) { After = at.Left.Replace(names.ToHashSet(StringComparer.Ordinal), new Dictionary<string, MappedKey>(), lost: true) };
}

using ModelGate.Architecture.Keys;

namespace ModelGate.Architecture.Causes;

/// <summary>What a cause proposes.</summary>
/// <param name="Cause">The cause's name in kebab-case.</param>
/// <param name="Message">One sentence without a full stop.</param>
internal sealed record Proposal(string Cause, SafeText Message)
{
    /// <summary>The keys with the proposal applied; null where no mapping resolves it.</summary>
    public MappedKeys? After { get; init; }

    /// <summary>Without a mapping: the names of the mismatches that it accounts for.</summary>
    public IReadOnlyCollection<string> Accounts { get; init; } = [];
}

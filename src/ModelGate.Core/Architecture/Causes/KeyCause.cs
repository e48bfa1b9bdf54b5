namespace ModelGate.Architecture.Causes;

/// <summary>A reason why keys do not match. A cause proposes, the diagnosis holds the proposal against names and shapes.</summary>
internal abstract class KeyCause
{
    /// <summary>What a proposal of this cause does, which decides when it is tried.</summary>
    public abstract Mending Mending { get; }

    /// <summary>What may have happened, given what still differs.</summary>
    public abstract IEnumerable<Proposal> Propose(KeyComparison at);
}

/// <summary>What a proposal does, the least invasive first.</summary>
internal enum Mending
{
    /// <summary>Renames by a rule; nothing is lost.</summary>
    Rename,

    /// <summary>Computes tensors from others.</summary>
    Compute,

    /// <summary>Renames by order and shape, without a rule that would explain it.</summary>
    Guess,

    /// <summary>Leaves keys out.</summary>
    Drop,

    /// <summary>Says what happened; no mapping mends it.</summary>
    None,
}

/// <summary>What a cause proposes.</summary>
/// <param name="Cause">The cause's name in kebab-case.</param>
/// <param name="Message">One sentence without a full stop.</param>
internal sealed record Proposal(string Cause, SafeText Message)
{
    /// <summary>The keys with the proposal applied; null where no mapping mends it.</summary>
    public MappedKeys? After { get; init; }

    /// <summary>Without a mapping: the names of the mismatches that it accounts for.</summary>
    public IReadOnlyCollection<string> Accounts { get; init; } = [];
}

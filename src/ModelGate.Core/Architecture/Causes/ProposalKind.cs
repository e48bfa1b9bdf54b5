namespace ModelGate.Architecture.Causes;

/// <summary>What a proposal does, the least invasive first.</summary>
internal enum ProposalKind
{
    /// <summary>Renames by a rule; nothing is lost.</summary>
    Rename,

    /// <summary>Computes tensors from others.</summary>
    Compute,

    /// <summary>Renames by order and shape, without a rule that would explain it.</summary>
    Guess,

    /// <summary>Leaves keys out.</summary>
    Omit,

    /// <summary>Says what happened; no mapping resolves it.</summary>
    Explain,
}

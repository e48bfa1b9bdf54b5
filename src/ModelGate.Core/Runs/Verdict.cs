namespace ModelGate.Runs;

/// <summary>What became of an evaluation.</summary>
internal enum Verdict
{
    /// <summary>Nothing failed, and everything could be judged.</summary>
    Passed,

    /// <summary>At least one gate failed.</summary>
    Failed,

    /// <summary>Nothing failed, but something could not be judged.</summary>
    Inconclusive,
}

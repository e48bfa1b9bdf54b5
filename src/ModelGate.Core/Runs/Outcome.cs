namespace ModelGate.Runs;

/// <summary>What became of one gate.</summary>
internal enum Outcome
{
    /// <summary>It looked and found nothing.</summary>
    Passed,

    /// <summary>It found something.</summary>
    Failed,

    /// <summary>It could not look.</summary>
    Inconclusive,

    /// <summary>It found something that was waived.</summary>
    Waived,

    /// <summary>The configuration names no artifact for it.</summary>
    NotApplicable,
}

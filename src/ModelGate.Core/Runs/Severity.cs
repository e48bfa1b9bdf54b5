namespace ModelGate.Runs;

/// <summary>What a finding means for the verdict.</summary>
internal enum Severity
{
    /// <summary>It is reported, and the verdict stays.</summary>
    Warning,

    /// <summary>It fails the evaluation.</summary>
    Error,
}

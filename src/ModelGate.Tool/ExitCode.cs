namespace ModelGate.Tool;

/// <summary>What the tool tells a script.</summary>
internal static class ExitCode
{
    /// <summary>Every gate passed, was waived, or only warned.</summary>
    public const int Passed = 0;

    /// <summary>At least one gate failed.</summary>
    public const int Failed = 1;

    /// <summary>Nothing failed, but something could not be judged: wrong usage, an unreadable file, an internal error.</summary>
    public const int CouldNotJudge = 2;
}

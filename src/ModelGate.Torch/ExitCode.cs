using ModelGate.ModelRuns;

namespace ModelGate.Torch;

/// <summary>What the process ends with.</summary>
internal static class ExitCode
{
    /// <summary>Every step was answered.</summary>
    public const int Answered = 0;

    /// <summary>The command line is wrong.</summary>
    public const int WrongUsage = 2;

    /// <summary>The request is not understood.</summary>
    public const int NotUnderstood = ModelRunProtocol.NotUnderstood;
}

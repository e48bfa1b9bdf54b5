using ModelGate.Runs;

namespace ModelGate.Gates;

/// <summary>What a gate judges that looks at a run as a whole.</summary>
/// <param name="Results">What the other gates found.</param>
internal sealed record JudgedRun(IReadOnlyList<RunResult> Results)
{
    /// <summary>The full path of the model's folder, with slashes.</summary>
    public string Folder { get; init; } = "";

    /// <summary>Whether other models are judged along with it.</summary>
    public bool IsOneOfSeveral { get; init; }
}

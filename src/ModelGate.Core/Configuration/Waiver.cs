using ModelGate.Gates;
using ModelGate.Runs;

namespace ModelGate.Configuration;

/// <summary>A failure that a team has accepted for a while.</summary>
/// <param name="Gate">The gate that may fail.</param>
/// <param name="Artifact">The files that it may fail for; null where it is all of them.</param>
/// <param name="Statement">Why.</param>
/// <param name="Owner">Who answers for it.</param>
/// <param name="Until">The last day on which it holds.</param>
/// <param name="At">Where it is written.</param>
internal sealed record Waiver(GateDescriptor Gate, FilePatterns? Artifact, SafeText Statement, SafeText Owner, DateOnly Until, SourcePosition At)
{
    /// <summary>How a day is written.</summary>
    public const string DayForm = "yyyy-MM-dd";

    /// <summary>Whether it is about a result.</summary>
    public bool Covers(RunResult result) => result.Gate.Id == Gate.Id && (Artifact is null || (!result.Artifact.IsEmpty && Artifact.Contains(result.Artifact.Value)));

    /// <summary>What it is about, in a sentence.</summary>
    public SafeText Subject => Artifact is null ? SafeText.Of($"{Gate.Name}") : SafeText.Of($"{Gate.Name} for {SafeText.From(Artifact.ToString())}");
}

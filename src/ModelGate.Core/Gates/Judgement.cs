using ModelGate.Runs;

namespace ModelGate.Gates;

/// <summary>What a gate says of one subject: findings, where it looked; the reason, where it could not.</summary>
/// <remarks>No findings and no reason means passed. Severity is the configuration's business.</remarks>
internal sealed record Judgement
{
    /// <summary>The path of the file that the verdict is about; null where it is the subject's.</summary>
    public string? Path { get; init; }

    /// <summary>One sentence for a person: the verdict with its numbers, whatever it is.</summary>
    public required SafeText Summary { get; init; }

    /// <summary>Whether the gate could not look.</summary>
    public bool IsInconclusive { get; init; }

    /// <summary>
    /// Whether it could not look because the file has nothing of what the gate is about. Where somebody asked for the gate that is inconclusive too; where nobody did, it
    /// does not apply.
    /// </summary>
    public bool IsAboutNothing { get; init; }

    /// <summary>What is wrong; empty means that nothing is.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>What was measured, also when the gate passes.</summary>
    public IReadOnlyList<Measurement> Measurements { get; init; } = [];

    /// <summary>Judges anew by what all the other gates of the run found; null where the files say everything.</summary>
    public Func<JudgedRun, Judgement>? OfRun { get; init; }

    /// <summary>Recordings that a model made for it, each with the one that it should sound like: the gates on recordings judge them too.</summary>
    public IReadOnlyList<(RoleFile Copy, RoleFile Recording)> Copies { get; init; } = [];

    /// <summary>A judgement that could not be made.</summary>
    /// <param name="reason">Why, in one sentence.</param>
    public static Judgement Inconclusive(SafeText reason) => new() { Summary = reason, IsInconclusive = true };

    /// <summary>A judgement on a file that has nothing of what the gate is about.</summary>
    /// <param name="reason">Why, in one sentence.</param>
    public static Judgement Nothing(SafeText reason) => Inconclusive(reason) with { IsAboutNothing = true };

    /// <summary>A judgement by findings: passed where there are none.</summary>
    /// <param name="summary">One sentence for a person.</param>
    /// <param name="measurements">What was measured.</param>
    /// <param name="findings">What is wrong.</param>
    public static Judgement Of(SafeText summary, IReadOnlyList<Measurement> measurements, IReadOnlyList<Finding> findings)
        => new() { Summary = summary, Measurements = measurements, Findings = findings };
}

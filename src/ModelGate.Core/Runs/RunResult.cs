namespace ModelGate.Runs;

/// <summary>What one gate says of one subject.</summary>
/// <param name="Gate">The gate.</param>
/// <param name="Artifact">The file that it is about; empty where it is about several.</param>
/// <param name="Severity">What a finding means, as the configuration has it.</param>
/// <param name="Outcome">The outcome.</param>
/// <param name="Message">One sentence with the numbers.</param>
/// <param name="At">Where the configuration asks for the gate.</param>
/// <param name="Measurements">What was measured.</param>
/// <param name="Findings">What is wrong.</param>
internal sealed record RunResult(
    GateRef Gate,
    SafeText Artifact,
    Severity Severity,
    Outcome Outcome,
    SafeText Message,
    SourcePosition At,
    IReadOnlyList<Measurement> Measurements,
    IReadOnlyList<Finding> Findings)
{
    /// <summary>The model that it is about, where a record holds several; see <see cref="RunRecord.In"/>.</summary>
    public SafeText Group { get; init; }

    /// <summary>What it is about: the file, below the model's folder where a record holds several; empty where it is about several files of one model.</summary>
    public SafeText Subject => RunRecord.Below(Group, Artifact);

    /// <summary>
    /// What it is about, the same from one save of a model to the next: the role, the file's path without step and date, and the signal where a
    /// requirement is about one. Empty where it is about a whole model.
    /// </summary>
    public SafeText Identity { get; init; }

    /// <summary>
    /// Whether it keeps the verdict from being passed. <see cref="RunRecord.Decide"/> decides this once, and every report format follows it.
    /// </summary>
    public bool IsError { get; init; }

    /// <summary>How the numbers of the run differ from those of a baseline, what is worse first; empty but for the gate that compares.</summary>
    public IReadOnlyList<NumberChange> Changes { get; init; } = [];

    /// <summary>Data for pictures, where a report that draws was asked for. They are drawn and never recorded.</summary>
    public IReadOnlyList<Exhibit> Exhibits { get; init; } = [];

    /// <summary>What became of it, in the words of every report.</summary>
    public string Word => Outcome switch
    {
        Outcome.Passed => "passed",
        Outcome.Failed => IsError ? "failed" : "warning",
        Outcome.Inconclusive => "inconclusive",
        Outcome.Waived => "waived",
        _ => "not applicable",
    };

    /// <summary>The order in which people want results: 0 is what failed, and the higher the rank the less there is to do.</summary>
    public int Rank => Outcome switch
    {
        Outcome.Failed => IsError ? 0 : 2,
        Outcome.Inconclusive => 1,
        Outcome.Waived => 3,
        Outcome.Passed => 4,
        _ => IsError ? 1 : 5,
    };

    /// <summary>One of its sentences for where it is shown by itself: with what it is about before it, unless it begins with that.</summary>
    public SafeText Sentence(SafeText message) => Subject.IsEmpty || StartsWith(message, Subject) ? message
        : !Artifact.IsEmpty && StartsWith(message, Artifact) ? RunRecord.Below(Group, message)
        : SafeText.Of($"{Subject}: {message}");

    /// <summary>One of its sentences for where the file is known: with the model's folder, where a record holds several.</summary>
    public SafeText InGroup(SafeText message) => Group.IsEmpty ? message : Sentence(message);

    private static bool StartsWith(SafeText message, SafeText start) => message.Value.StartsWith(start.Value, StringComparison.Ordinal);
}

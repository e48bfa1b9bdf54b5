namespace ModelGate.Runs;

/// <summary>
/// One evaluation as plain data: what was asked, what was read and measured, what was found, and the verdict. Report formats render it
/// and decide nothing; <c>RunRecordJson</c> writes it and reads it back.
/// </summary>
/// <param name="Verdict">The verdict.</param>
/// <param name="Configurations">What was asked for: one configuration for each model.</param>
/// <param name="Artifacts">The files that were read, ordered by group and path.</param>
/// <param name="Results">A result for each gate and subject, ordered by group, id and artifact.</param>
internal sealed record RunRecord(
    Verdict Verdict, IReadOnlyList<RunConfiguration> Configurations, IReadOnlyList<RunArtifact> Artifacts, IReadOnlyList<RunResult> Results)
{
    /// <summary>The version of ModelGate that judged.</summary>
    public string ToolVersion { get; init; } = ProductVersion.Text;

    /// <summary>The lowest severity of a finding that failed the evaluation.</summary>
    public Severity FailOn { get; init; } = Severity.Error;

    /// <summary>Which run it is of, as far as the one who started it says.</summary>
    public RunOrigin Origin { get; init; } = new();

    /// <summary>What the findings come from, where a rule can tell; the most telling first.</summary>
    public IReadOnlyList<Cause> Causes { get; init; } = [];

    /// <summary>What is asked of a training run that came out sick, with the answers of its own numbers; empty for every other.</summary>
    public IReadOnlyList<Answer> Answers { get; init; } = [];

    /// <summary>What a reader should know of how the files were found, one sentence each.</summary>
    public IReadOnlyList<SafeText> Notes { get; init; } = [];

    /// <summary>The runs that a history keeps, this one last, where a report that draws was asked for; null where there is none. They are drawn and never recorded.</summary>
    public RunHistory? History { get; init; }

    /// <summary>What was judged, in a few words: the configuration's path, or how many models; empty where there is no configuration.</summary>
    public SafeText Title => Configurations is [var one] ? one.Path : SafeText.Count(Configurations.Count, "model");

    /// <summary>The number of results with an outcome.</summary>
    public int Count(Outcome outcome) => Results.Count(r => r.Outcome == outcome);

    /// <summary>The configuration of a group; one without a path where there is none.</summary>
    public RunConfiguration ConfigurationOf(SafeText group)
        => Configurations.FirstOrDefault(c => c.Group == group) ?? new RunConfiguration(SafeText.Empty, "") { Group = group };

    /// <summary>
    /// Decides what the results come to: which of them are errors, and the verdict. This is the one place that does.
    /// </summary>
    /// <remarks>
    /// A failed gate is an error where its severity reaches <paramref name="failOn"/>, and what could not be judged always is.
    /// Where every gate lacks its artifacts nothing was judged: the verdict is inconclusive, and these results are the reason.
    /// </remarks>
    public static RunRecord Decide(
        RunConfiguration configuration, IReadOnlyList<RunArtifact> artifacts, IReadOnlyList<RunResult> results, Severity failOn = Severity.Error)
    {
        var isNothingJudged = results.All(r => r.Outcome == Outcome.NotApplicable);
        var decided = results.Select(r => r with { IsError = IsError(r, failOn, isNothingJudged) }).ToArray();
        return new RunRecord(VerdictOf(decided), [configuration], artifacts, decided) { FailOn = failOn };
    }

    /// <summary>The record as one of several: everything in it belongs to a group, which is the model's folder.</summary>
    public RunRecord In(SafeText group) => this with
    {
        Configurations = [.. Configurations.Select(c => c with { Group = group })],
        Artifacts = [.. Artifacts.Select(a => a with { Group = group })],
        Results = [.. Results.Select(r => r with { Group = group })],
        Causes = [.. Causes.Select(c => c with { Group = group })],
        Answers = [.. Answers.Select(a => a with { Group = group })],
        Notes = [.. Notes.Select(n => SafeText.Of($"{group}: {n}"))],
    };

    /// <summary>The record of each model by itself, in order; the record where there is but one.</summary>
    public IReadOnlyList<RunRecord> Models() => Configurations.Count < 2 ? [this] : [.. Configurations.Select(c =>
    {
        RunResult[] results = [.. Results.Where(r => r.Group == c.Group)];
        return this with
        {
            Verdict = VerdictOf(results),
            Configurations = [c],
            Artifacts = [.. Artifacts.Where(a => a.Group == c.Group)],
            Results = results,
            Causes = [.. Causes.Where(e => e.Group == c.Group)],
            Answers = [.. Answers.Where(a => a.Group == c.Group)],
        };
    })];

    /// <summary>Several records as one, in order, with one verdict: failed where one failed, passed only where all passed.</summary>
    public static RunRecord Join(IReadOnlyList<RunRecord> records) => new(
        records.Any(r => r.Verdict == Verdict.Failed) ? Verdict.Failed
            : records.Count > 0 && records.All(r => r.Verdict == Verdict.Passed) ? Verdict.Passed
            : Verdict.Inconclusive,
        [.. records.SelectMany(r => r.Configurations)],
        [.. records.SelectMany(r => r.Artifacts)],
        [.. records.SelectMany(r => r.Results)])
    {
        FailOn = records.Select(r => r.FailOn).DefaultIfEmpty(Severity.Error).Min(),
        Origin = records.Select(r => r.Origin).FirstOrDefault(o => !o.IsEmpty) ?? new RunOrigin(),
        Causes = [.. records.SelectMany(r => r.Causes)],
        Answers = [.. records.SelectMany(r => r.Answers)],
        Notes = [.. records.SelectMany(r => r.Notes)],
    };

    /// <summary>
    /// A path, or a sentence that begins with one, below the folder of a model; as it is where there is but one model. Where it leads out of that
    /// folder, the names that cancel each other are left out: "runs/a" and "../b/x.pth" are "runs/b/x.pth".
    /// </summary>
    internal static SafeText Below(SafeText group, SafeText path)
    {
        if (group.IsEmpty || path.IsEmpty)
        {
            return group.IsEmpty ? path : group;
        }

        var (folder, rest) = (group.Value, path.Value);
        while (rest.StartsWith("../", StringComparison.Ordinal) && folder.Length > 0 && folder is not ("." or "..") && !folder.EndsWith("/..", StringComparison.Ordinal))
        {
            folder = folder.LastIndexOf('/') is var slash and >= 0 ? folder[..slash] : "";
            rest = rest[3..];
        }

        // Both were made safe when they were read.
        return folder.Length == 0 && group.Value[0] != '/' ? SafeText.From(rest, int.MaxValue) : SafeText.From($"{folder}/{rest}", int.MaxValue);
    }

    private static Verdict VerdictOf(IReadOnlyList<RunResult> results)
        => results.Any(r => r.IsError && r.Outcome == Outcome.Failed) ? Verdict.Failed
            : results.All(r => r.Outcome == Outcome.NotApplicable) || results.Any(r => r.IsError) ? Verdict.Inconclusive
            : Verdict.Passed;

    /// <summary>Whether a result keeps the verdict from being passed.</summary>
    internal static bool IsError(RunResult result, Severity failOn, bool isNothingJudged = false) => result.Outcome switch
    {
        Outcome.Failed => result.Severity >= failOn,
        Outcome.Inconclusive => true,
        Outcome.NotApplicable => isNothingJudged,
        _ => false,
    };
}

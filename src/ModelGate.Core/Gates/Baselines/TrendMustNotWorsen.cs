using ModelGate.Runs;
using ModelGate.Signals.Baselines;

namespace ModelGate.Gates.Baselines;

/// <summary>No number that the other gates measured has been getting worse, run after run, by more than its tolerance.</summary>
[GateId("MG9002")]
internal sealed class TrendMustNotWorsen : Gate<TrendMustNotWorsen.Options>, IJudgesRun
{
    /// <summary>What is compared, over how many runs, and how much worse a number may get.</summary>
    public sealed record Options
    {
        /// <summary>The signals that are compared; all that have a better direction by default.</summary>
        public IReadOnlyList<string> Signals { get; init; } = [];

        /// <summary>How many runs are looked at, the one that is judged included; 20 by default.</summary>
        [Range(Trend.Fewest, 1000)]
        public int Runs { get; init; } = 20;

        /// <summary>How much worse the trend may end than it began, as a share of where it began; 0.1 by default.</summary>
        [Range(0, 1000)]
        public double Relative { get; init; } = 0.1;

        /// <summary>How much worse it may end in the signal's own unit, whatever its share; 0 by default.</summary>
        [Range(0, double.MaxValue)]
        public double Absolute { get; init; }

        /// <summary>The probability that any number is called worse by chance; 0.05 by default.</summary>
        [Range(1e-6, 0.5)]
        public double FalseAlarms { get; init; } = 0.05;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<ArtifactRole> Roles => [ArtifactRole.History];

    /// <inheritdoc/>
    protected override IEnumerable<Subject> Select(RoleFiles files, Options options) => files.Missing(ArtifactRole.History) is { IsEmpty: false } problem
            ? [Subject.Impossible(problem)]
            : [new Subject("", [.. files.Of(ArtifactRole.History).OrderBy(f => f.Path, StringComparer.Ordinal)])];

    /// <inheritdoc/>
    protected override IEnumerable<Need> Needs(Subject subject, Options options) => subject.Files.Select(f => new Need(f, new BaselineMeasure()));

    /// <inheritdoc/>
    protected override Judgement Judge(Subject subject, Options options, IMeasured measured)
    {
        var history = new RunHistory([.. subject.Files.Select(f => measured.Of(f, new BaselineMeasure()))]);
        return Judgement.Inconclusive(SafeText.Of($"the other gates have measured nothing")) with { OfRun = run => Judge(history, run, options) };
    }

    /// <inheritdoc/>
    public bool Takes(GivenRecords given) => given.History is not null;

    /// <inheritdoc/>
    public Judgement Judge(GivenRecords given, JudgedRun run, object options) => Judge(given.History!, run, (Options)options);

    /// <summary>Judges a run by those before it.</summary>
    /// <param name="history">The runs before it.</param>
    /// <param name="run">The run.</param>
    /// <param name="options">What is compared, and the tolerance.</param>
    public static Judgement Judge(RunHistory history, JudgedRun run, Options options)
    {
        var now = new HistoryEntry(history.Runs.Count, new BaselineModel(SafeText.From(run.Name), [], BaselineReduction.Values(run.Results)), null);
        var series = RunHistory.Series([.. history.Of(run.Name, run.Folder), now]).Where(s => options.Signals.Count == 0 || options.Signals.Contains(s.Last.Signal, StringComparer.Ordinal)).ToArray();
        Trend[] trends = [.. series.Where(s => s.Points.Count >= Trend.Fewest).Select(s => Trend.Of(s, options))];
        if (trends.Length == 0)
        {
            return Judgement.Nothing(series.Length == 0
                ? SafeText.Of($"no number of this run can be compared")
                : SafeText.Of($"a trend needs {Trend.Fewest} runs with the same number, this one included, and there are {series.Max(s => s.Points.Count)}"));
        }

        // What never moved cannot be called worse by chance, and has no share in the chance.
        var moving = trends.Where(t => !t.IsConstant).ToArray();
        var chance = options.FalseAlarms / Math.Max(1, moving.Length);
        if (moving.Length > 0 && moving.All(t => t.SmallestChance >= chance))
        {
            return Judgement.Nothing(SafeText.Of($"{SafeText.Count(moving.Length, "number")} over {moving.Max(t => t.Runs)} runs cannot be told from chance: it takes more runs, or fewer signals"));
        }

        var worse = moving.Where(t => t.IsWorse(chance)).OrderByDescending(t => t.Change / t.Tolerance).ToArray();
        var most = trends.Max(t => t.Runs);
        if (worse.Length == 0)
        {
            return Judgement.Of(SafeText.Of($"none of {SafeText.Count(trends.Length, "number")} has been getting worse over the last {most} runs"), [], []);
        }

        Measurement[] measurements = [.. worse.Select(t => t.Measurement)];
        Finding[] findings = [.. worse.Select((t, i) => new Finding(t.Sentence)
        {
            Evidence = [measurements[i]],
            Remedy = SafeText.Of($"Find out what has been changing: each step may have been within its tolerance, and together they are not"),
        })];
        return Judgement.Of(
            SafeText.Of($"{worse.Length} of {SafeText.Count(trends.Length, "number")} {SafeText.From(worse.Length == 1 ? "has" : "have")} been getting worse: {findings[0].Message}"), measurements, findings);
    }
}

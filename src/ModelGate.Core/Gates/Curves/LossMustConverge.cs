using ModelGate.Artifacts;
using ModelGate.Runs;
using ModelGate.Signals;
using ModelGate.Signals.Curves;
using ModelGate.Signals.Curves.Joining;

namespace ModelGate.Gates.Curves;

/// <summary>The loss must come down and stay down, or be on its way.</summary>
[GateId("MG4001")]
internal sealed class LossMustConverge : RunGate<LossMustConverge.Options>
{
    private const int MostNames = 20;

    /// <inheritdoc/>
    protected override Judgement Judge(TrainingRun run, Subject subject, Options options)
    {
        var (series, why) = SeriesOf(run, options);
        if (series.Length == 0)
        {
            var names = SafeText.Join(", ", run.Log.Series.Take(MostNames).Select(n => SafeText.From(n.Name, 80)));
            var sentence = SafeText.Of($"{why}; the log has {(names.IsEmpty ? SafeText.Of($"none") : names)}{About(run)}");
            return options.Series is not { Count: > 0 } && DrawnTogether.Are(run) ? Judgement.Nothing(sentence) : Judgement.Inconclusive(sentence);
        }

        var finiteness = FinitenessMeasure.Of(run.Log);
        var verdicts = series.Select(s => Judge(run, s, finiteness, options)).ToArray();
        var findings = verdicts.SelectMany(v => v.Findings).ToArray();
        var summary = SafeText.Of($"{SafeText.Join("; ", verdicts.Select(v => v.Summary))}{(why.IsEmpty ? SafeText.Empty : SafeText.Of($"; {why}"))}{About(run)}");
        return new Judgement
        {
            Summary = summary,
            IsInconclusive = findings.Length == 0 && verdicts.Any(v => v.IsInconclusive),
            Findings = verdicts.Length == 1 ? [.. findings.Select(f => f with { Message = summary })] : findings,
            Measurements = [.. verdicts.SelectMany(v => v.Measurements)],
        };
    }

    /// <inheritdoc/>
    protected override IEnumerable<Exhibit> Show(Subject subject, Options options, IMeasured measured)
    {
        var run = RunOf(subject, measured);
        var (series, _) = SeriesOf(run, options);
        return series.Length == 0 ? [] : RunExhibits.Of(run, series, subject, options.Window, s => CeilingOf(run, s.Name, options));
    }

    private static (ScalarSeries[] Series, SafeText Why) SeriesOf(TrainingRun run, Options options)
    {
        if (options.Series is not { Count: > 0 } asked)
        {
            var (series, why) = JudgedSeries.Of(run, options.MinimumPoints);
            return (series is null ? [] : [series], why);
        }

        var missing = asked.FirstOrDefault(n => run.Find(n) is null);
        return missing is null
            ? ([.. asked.Select(n => run.Find(n)!).DistinctBy(s => s.Name)], SafeText.Empty)
            : ([], SafeText.Of($"the log has no series {SafeText.From(missing)}"));
    }

    private static Judgement Judge(TrainingRun run, ScalarSeries series, LogFiniteness finiteness, Options options)
    {
        var curve = CurveEnd.Of(series, options.Window, CurveMeasure.FewestInWindow);
        var ceiling = CeilingOf(run, series.Name, options);
        var criteria = new ConvergenceCriteria
        {
            Ceiling = ceiling,
            Clamps = run.ProfileOf(series.Name).Clamps,
            MinimumPoints = options.MinimumPoints,
            MinimumFall = options.MinimumFall,
        };

        // The losses of one step come of one network: where one is NaN, no other is a result.
        var silent = run.Log.Silent.FirstOrDefault(s => run.Key(s.Series) == run.Key(series.Name));
        var verdict = finiteness.Broken.Count > 0 ? ConvergenceVerdict.NotFinite : ConvergenceRules.Judge(curve, criteria);
        var summary = new LossCurveSentence(run, curve, criteria).Of(verdict, finiteness);

        // A curve that is still falling may be above the ceiling where nothing more is required.
        var measurements = Measurements(run.Path, curve, verdict, verdict == ConvergenceVerdict.Converging && options.Require == ConvergenceRequirement.Learning ? null : ceiling);
        return verdict switch
        {
            // How a curve goes says nothing of what comes behind its end.
            ConvergenceVerdict.Converged or ConvergenceVerdict.Converging when silent is not null => Judgement.Inconclusive(SafeText.Of($"{RunSentences.Silence(silent)}; up to there, {summary}")) with { Measurements = measurements },
            ConvergenceVerdict.TooFewPoints or ConvergenceVerdict.Undecided => Judgement.Inconclusive(summary) with { Measurements = measurements },
            ConvergenceVerdict.Converged => Judgement.Of(summary, measurements, []),
            ConvergenceVerdict.Converging when options.Require == ConvergenceRequirement.Learning || curve.Tail <= ceiling => Judgement.Of(summary, measurements, []),
            _ => Judgement.Of(summary, measurements, [new Finding(summary) { Remedy = LossCurveSentence.Remedy(verdict), Evidence = measurements }]),
        };
    }

    private static double? CeilingOf(TrainingRun run, string series, Options options)
        => options.Ceiling ?? run.ProfileOf(series).Ceiling?.Of(run.Log.Hyperparameters);

    private static Measurement[] Measurements(string path, CurveEnd curve, ConvergenceVerdict verdict, double? ceiling)
    {
        var series = SafeText.From(curve.Name);
        Measurement Of(SignalInfo signal, double? value) => signal.Of(path, value, series);
        return
        [
            Of(Convergence.Info, null) with { Text = SafeText.From(Spell(verdict)) },

            Of(LossLevel.Info, curve.Level) with
            {
                Required = ceiling is { } limit ? new Requirement(Relation.AtMost, limit) : null,
            },
            Of(LossTrend.Info, curve.Slope * 1000) with
            {
                Text = curve.End is { } window ? SafeText.Of($"95 % interval {window.SlopeInterval.Low * 1000:G4} to {window.SlopeInterval.High * 1000:G4}") : default,
            },
            Of(LossChange.Info, curve.Change),
            Of(LossTrendZ.Info, curve.TrendZ),
            Of(LossSpread.Info, curve.Spread),
            Of(LossFirst.Info, curve.First.Value),
            Of(LossLast.Info, curve.Last.Value),
            Of(LossMin.Info, curve.Lowest.Value),
            Of(LossMinStep.Info, curve.Lowest.Step),
            Of(LossLastStep.Info, curve.Last.Step),
            Of(LossPoints.Info, curve.Points),
            Of(WindowStep.Info, curve.WindowStep),
        ];
    }

    private static string Spell(ConvergenceVerdict verdict) => verdict switch
    {
        ConvergenceVerdict.NotFinite => "not finite",
        ConvergenceVerdict.TooFewPoints => "too few points",
        _ => verdict.ToString().ToLowerInvariant(),
    };

    /// <summary>Which curves are judged, and by which lines.</summary>
    public sealed record Options
    {
        /// <summary>The curve that is judged, or a list of them, as the log or its trainer names it; null, the default, is the one by which the log's trainer is known to converge (loss_mel for RVC), else the validation loss, else the training loss.</summary>
        public IReadOnlyList<string>? Series { get; init; }

        /// <summary>The highest level at which the curve counts as low, in the loss's unit (default: the trainer's, 0.6 times the log's c_mel for RVC's loss_mel, which is 27; none for other curves).</summary>
        public double? Ceiling { get; init; }

        /// <summary>What the curve has to have come to: "learning", the default, lets a curve pass that still falls, however high; "converged" wants it under the ceiling, or level.</summary>
        public ConvergenceRequirement Require { get; init; } = ConvergenceRequirement.Learning;

        /// <summary>The fewest points that a verdict is given on, as a count (default 5).</summary>
        [Range(5, 1_000_000)]
        public int MinimumPoints { get; init; } = 5;

        /// <summary>The share of the points, counted from the end, that is judged (default 0.5); at least six points are.</summary>
        [Range(0.05, 1)]
        public double Window { get; init; } = 0.5;

        /// <summary>The part of its first value by which a curve without a ceiling must have fallen to count as low (default 0.25).</summary>
        [Range(0, 1)]
        public double MinimumFall { get; init; } = 0.25;
    }
}

/// <summary>What a loss curve has to have come to.</summary>
internal enum ConvergenceRequirement
{
    /// <summary>It falls, or has done so.</summary>
    Learning,

    /// <summary>It is low.</summary>
    Converged,
}

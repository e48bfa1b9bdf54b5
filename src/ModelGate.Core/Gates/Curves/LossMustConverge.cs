using ModelGate.Runs;
using ModelGate.Signals;
using ModelGate.Signals.Curves;

namespace ModelGate.Gates.Curves;

/// <summary>The loss must come down and stay down, or be on its way.</summary>
[GateId("MG4001")]
internal sealed class LossMustConverge : Gate<LossMustConverge.Options>
{
    /// <inheritdoc/>
    public override IReadOnlyList<ArtifactRole> Roles => [ArtifactRole.Log];

    /// <inheritdoc/>
    protected override IEnumerable<Subject> Select(RoleFiles files, Options options) => files.Each(ArtifactRole.Log);

    /// <inheritdoc/>
    protected override IEnumerable<Need> Needs(Subject subject, Options options) => [new(subject.Files[0], new CurveMeasure(options.Series, options.Window)), new(subject.Files[0], new FinitenessMeasure())];

    /// <inheritdoc/>
    protected override IEnumerable<Need> PictureNeeds(Subject subject, Options options) => [new(subject.Files[0], new CurvePointsMeasure(options.Series))];

    /// <inheritdoc/>
    protected override Judgement Judge(Subject subject, Options options, IMeasured measured)
    {
        var log = measured.Of(subject.Files[0], new CurveMeasure(options.Series, options.Window));
        if (log.Ends is not [var curve])
        {
            var names = SafeText.Join(", ", log.Names.Take(20).Select(n => SafeText.From(n, 80)));
            return Judgement.Inconclusive(log.Asked is { } asked
                ? SafeText.Of($"the log has no series {asked}; it has {names}")
                : SafeText.Of($"which series of this log has to converge is not known: name it in the option series; the log has {names}"));
        }

        var (ceiling, criteria) = (CeilingOf(log, options), CriteriaOf(log, options));
        var finiteness = measured.Of(subject.Files[0], new FinitenessMeasure());

        // The losses of one step come of one network: where one is NaN, no other is a result.
        var verdict = finiteness.Broken.Count > 0 ? ConvergenceVerdict.NotFinite : ConvergenceRules.Judge(curve, criteria);
        var summary = new LossCurveSentence(log, curve, criteria).Of(verdict, finiteness);

        // A curve that is still falling may be above the ceiling where nothing more is required.
        var measurements = Measurements(subject.Path, curve, verdict, verdict == ConvergenceVerdict.Converging && options.Require == ConvergenceRequirement.Learning ? null : ceiling);
        return verdict switch
        {
            ConvergenceVerdict.TooFewPoints or ConvergenceVerdict.Undecided => Judgement.Inconclusive(summary) with { Measurements = measurements },
            ConvergenceVerdict.Converged => Judgement.Of(summary, measurements, []),
            ConvergenceVerdict.Converging when options.Require == ConvergenceRequirement.Learning || curve.Tail <= ceiling => Judgement.Of(summary, measurements, []),
            _ => Judgement.Of(summary, measurements, [new Finding(summary) { Remedy = LossCurveSentence.Remedy(verdict), Evidence = measurements }]),
        };
    }

    /// <inheritdoc/>
    protected override IEnumerable<Exhibit> Show(Subject subject, Options options, IMeasured measured)
    {
        var log = measured.Of(subject.Files[0], new CurveMeasure(options.Series, options.Window));
        if (measured.Find(subject.Files[0], new CurvePointsMeasure(options.Series)) is not { Points.Count: >= 2 } series || log.Ends is not [var curve])
        {
            yield break;
        }

        yield return new CurveExhibit(
            SafeText.Of($"{series.Name} over the run"),
            SafeText.Of($"step"),
            SafeText.From(series.Name, 40),
            CurvePoints.Thin([.. series.Points.Select(p => new CurvePoint(p.Step, p.Value))]))
        {
            Description = SafeText.Of($"{SafeText.Count(series.Points.Count, "point")} from step {curve.First.Step} to {curve.Last.Step}; the curve begins at {curve.First.Value:G5}, is lowest at step {curve.Lowest.Step} with {curve.Lowest.Value:G5}, and ends at {curve.Last.Value:G5}"),
            Limit = CeilingOf(log, options),
            LimitLabel = "ceiling",
            Shaded = [new ShadedRange(curve.WindowStep, curve.Last.Step)],
            ShadedLabel = "the judged window",
            IsOverSteps = true,
        };
    }

    private static double? CeilingOf(LogCurves log, Options options) => options.Ceiling ?? log.Ceiling;

    private static ConvergenceCriteria CriteriaOf(LogCurves log, Options options) => new()
    {
        Ceiling = CeilingOf(log, options),
        Clamps = log.Clamps,
        MinimumPoints = options.MinimumPoints,
        MinimumFall = options.MinimumFall,
    };

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
            Of(LossTrend.Info, curve.Slope * 1000),
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

    /// <summary>Which curve is judged, and by which lines.</summary>
    public sealed record Options
    {
        /// <summary>The curve that is judged, as the log or its trainer names it; null, the default, is the one by which the log's trainer is known to converge (loss_mel for RVC).</summary>
        public string? Series { get; init; }

        /// <summary>The highest level at which the curve counts as low, in the loss's unit (default: 0.6 times the log's c_mel for RVC's loss_mel, which is 27; none for other curves).</summary>
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

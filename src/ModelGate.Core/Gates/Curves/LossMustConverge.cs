using ModelGate.Artifacts;
using ModelGate.Runs;
using ModelGate.Signals;

namespace ModelGate.Gates;

/// <summary>The loss must come down and stay down, or be on its way.</summary>
[GateId("MG4001")]
internal sealed class LossMustConverge : FileGate<TrainingLog, LossMustConverge.Options>
{
    /// <inheritdoc/>
    protected override ArtifactRole Role => ArtifactRole.Log;

    /// <inheritdoc/>
    public override Judgement Judge(ArtifactFile<TrainingLog> subject, Options options, CancellationToken cancellation = default)
    {
        var log = subject.Content;
        if (log.Series.FirstOrDefault(s => s.Name == options.Series) is not { } series)
        {
            return Judgement.Inconclusive(
                SafeText.Of($"the log has no series {options.Series}; it has {SafeText.Join(", ", log.Series.Take(20).Select(s => SafeText.From(s.Name, 80)))}"));
        }

        var ceiling = CeilingOf(log, options);
        var curve = Measure(log, series, options);
        var summary = LossCurveSentence.Of(options.Series, curve, ceiling, options.MinimumPoints);
        var measurements = Measure(options.Series, curve, ceiling);
        return curve.Verdict switch
        {
            ConvergenceVerdict.TooFewPoints => Judgement.Inconclusive(summary) with { Measurements = measurements },
            ConvergenceVerdict.Converged or ConvergenceVerdict.Converging => Judgement.Of(summary, measurements, []),
            _ => Judgement.Of(summary, measurements, [new Finding(summary) { Remedy = LossCurveSentence.Remedy(curve.Verdict), Evidence = measurements }]),
        };
    }

    /// <inheritdoc/>
    protected override IEnumerable<Exhibit> Show(ArtifactFile<TrainingLog> subject, Options options, CancellationToken cancellation)
    {
        var log = subject.Content;
        if (log.Series.FirstOrDefault(s => s.Name == options.Series) is not { Points.Count: > 1 } series)
        {
            yield break;
        }

        var curve = Measure(log, series, options);
        yield return new CurveExhibit(
            SafeText.Of($"{options.Series} over the run"),
            SafeText.Of($"step"),
            SafeText.From(options.Series, 40),
            CurvePoints.Thin([.. series.Points.Select(p => new CurvePoint(p.Step, p.Value))]))
        {
            Description = SafeText.Of($"{series.Points.Count} points from step {curve.First.Step} to {curve.Last.Step}; the curve begins at {curve.First.Value:G5}, is lowest at step {curve.Lowest.Step} with {curve.Lowest.Value:G5}, and ends at {curve.Last.Value:G5}"),
            Limit = CeilingOf(log, options),
            LimitLabel = "ceiling",
            Shaded = [new ShadedRange(curve.WindowStep, curve.Last.Step)],
            ShadedLabel = "the judged window",
        };
    }

    private static double? CeilingOf(TrainingLog log, Options options) => options.Ceiling ?? RvcLossScale.CeilingOf(log, options.Series);

    private static Convergence Measure(TrainingLog log, ScalarSeries series, Options options) => Convergence.Of(series, new ConvergenceCriteria
    {
        Ceiling = CeilingOf(log, options),
        Clamps = RvcLossScale.ClampsOf(log, options.Series),
        MinimumPoints = options.MinimumPoints,
        Window = options.Window,
        MinimumFall = options.MinimumFall,
    });

    private static Measurement[] Measure(string name, Convergence curve, double? ceiling)
    {
        var tag = SafeText.From(name);
        return
        [
            new("convergence", tag, null) { Text = SafeText.From(Spell(curve.Verdict)) },

            // A curve that is still falling may be above the ceiling; its level is not required to be under it.
            new("loss-level", tag, Finite(curve.Level))
            {
                Required = ceiling is { } limit && curve.Verdict != ConvergenceVerdict.Converging ? new Requirement(Relation.AtMost, limit) : null,
            },
            new("loss-trend", tag, Finite(curve.Slope * 1000), "per 1000 steps"),
            new("loss-change", tag, Finite(curve.Change)),
            new("loss-trend-z", tag, Finite(curve.TrendZ)),
            new("loss-spread", tag, Finite(curve.Spread)),
            new("loss-first", tag, Finite(curve.First.Value)),
            new("loss-last", tag, Finite(curve.Last.Value)),
            new("loss-min", tag, Finite(curve.Lowest.Value)),
            new("loss-min-step", tag, curve.Lowest.Step, "steps"),
            new("loss-last-step", tag, curve.Last.Step, "steps"),
            new("loss-points", tag, curve.Points),
            new("window-step", tag, curve.WindowStep, "steps"),
        ];
    }

    private static string Spell(ConvergenceVerdict verdict) => verdict switch
    {
        ConvergenceVerdict.NotFinite => "not finite",
        ConvergenceVerdict.TooFewPoints => "too few points",
        _ => verdict.ToString().ToLowerInvariant(),
    };

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;

    /// <summary>The options.</summary>
    public sealed record Options
    {
        /// <summary>The curve that is judged, as the log names it (default loss_mel).</summary>
        public string Series { get; init; } = "loss_mel";

        /// <summary>The highest level at which the curve counts as low, in the loss's unit (default: 0.6 times the log's c_mel for RVC's loss_mel, which is 27; none for other curves).</summary>
        public double? Ceiling { get; init; }

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

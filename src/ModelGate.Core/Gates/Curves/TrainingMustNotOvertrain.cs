using ModelGate.Artifacts;
using ModelGate.Runs;
using ModelGate.Signals.Curves;
using ModelGate.Signals.Curves.Joining;
using ModelGate.Signals.Mathematics;

namespace ModelGate.Gates.Curves;

/// <summary>Training must not have gone on for long after its validation loss was best.</summary>
[GateId("MG4006")]
internal sealed class TrainingMustNotOvertrain : RunGate<TrainingMustNotOvertrain.Options>
{
    private const int FewestPoints = 5;

    // A rise is one where it is so many times what the points scatter.
    private const double RiseSpreads = 3;
    private const double Significance = 0.05;
    private const double ShareAbove = 0.9;

    // The best of three neighbours' medians is not one lucky evaluation.
    private const int Neighbours = 1;

    // Steps of a log and of a checkpoint's name may be counted from 0 and from 1.
    private const long SameStep = 1;

    /// <inheritdoc/>
    protected override Judgement Judge(TrainingRun run, Subject subject, Options options)
    {
        if (SeriesOf(run, options) is not { } series)
        {
            return options.Series is { } asked
                ? Judgement.Inconclusive(SafeText.Of($"the log has no series {SafeText.From(asked)}{About(run)}"))
                : Judgement.Nothing(SafeText.Of($"{run.Path} has neither a validation loss nor a best value of the trainer's own: a training loss does not tell when a model begins to learn by heart{About(run)}"));
        }

        var points = series.Points.Where(p => double.IsFinite(p.Value)).ToArray();
        if (points.Length < FewestPoints)
        {
            return Judgement.Nothing(SafeText.Of($"{SafeText.From(series.Name, 40)} has {SafeText.Count(points.Length, "finite point")}, and {FewestPoints} are needed to tell a rise from noise{About(run)}"));
        }

        var at = BestOf(points);
        var best = points[at];
        var after = points[at..];
        var end = OrderStatistics.Median([.. after.Skip(1).TakeLast(3).Select(p => p.Value).DefaultIfEmpty(best.Value)]);
        var share = ((double)points[^1].Step - best.Step) / Math.Max(1, (double)points[^1].Step - points[0].Step);
        var scale = points.All(p => p.Value > 0) ? best.Value : Math.Max(Math.Abs(best.Value), Math.Abs(points[0].Value - best.Value));
        var rise = scale > 0 ? (end - best.Value) / scale : 0;
        Measurement[] measurements =
        [
            BestStep.Info.Of(run.Path, best.Step, SafeText.From(series.Name)),
            ShareAfterBest.Info.Of(run.Path, share, SafeText.From(series.Name)) with { Required = new Requirement(Relation.Below, options.Share) },
            RiseAfterBest.Info.Of(run.Path, rise, SafeText.From(series.Name)) with { Required = new Requirement(Relation.AtMost, options.Rise) },
        ];
        var name = SafeText.From(series.Name, 40);
        var numbers = SafeText.Of($"best {best.Value:G5} at step {best.Step}, {end:G5} at the end at step {points[^1].Step}, {share * 100:0} % of the run later");
        var isScatter = share >= options.Share && rise > options.Rise && !IsRise(after, best.Value, end) && !StaysAbove(after, best.Value + (options.Rise * scale));
        if (share < options.Share || rise <= options.Rise || isScatter)
        {
            var how = isScatter ? SafeText.Of($"rose by no more than its noise") : rise <= options.Rise ? SafeText.Of($"did not rise") : SafeText.Of($"did not rise for long");
            return Judgement.Of(SafeText.Of($"{name} {how}: {numbers}{About(run)}"), [.. measurements.Take(1), .. measurements.Skip(1).Select(m => m with { Required = null })], []);
        }

        var message = SafeText.Of($"{name} has risen by {rise * 100:0} % since it was best: {numbers}");
        var kept = Kept(run, subject, best.Step, points);
        return Judgement.Of(SafeText.Of($"{message}; {kept}{About(run)}"), measurements, [new Finding(SafeText.Of($"{message}; {kept}"))
        {
            Remedy = SafeText.Of($"Export the checkpoint of the best step, not the last; next time stop there, or keep the best checkpoints"),
            Evidence = measurements,
        }]);
    }

    private static ScalarSeries? SeriesOf(TrainingRun run, Options options)
    {
        if (options.Series is { } asked)
        {
            return run.Find(asked);
        }

        if (run.Log.Best is { Series.Length: > 0 } best && run.Find(best.Series) is { } own && (new SeriesName(own.Name).IsLoss || own.Points.Count > 0 && Falls(own)))
        {
            return own;
        }

        return run.Log.Series.Where(s => s.Points.Count > 0).Select(s => (Series: s, Name: new SeriesName(s.Name)))
            .Where(s => s.Name is { IsValidation: true, IsLoss: true, IsAdversary: false })
            .OrderByDescending(s => s.Name.IsWhole).ThenByDescending(s => s.Name.IsMel).ThenByDescending(s => s.Series.Points.Count).ThenBy(s => s.Series.Name, StringComparer.Ordinal)
            .Select(s => s.Series).FirstOrDefault();
    }

    // A trainer may keep the best accuracy: it rises as a model learns.
    private static bool Falls(ScalarSeries series) => series.Points[^1].Value < series.Points[0].Value;

    private static int BestOf(ScalarPoint[] points)
    {
        var (best, lowest) = (0, double.PositiveInfinity);
        for (var i = 0; i < points.Length; i++)
        {
            var start = Math.Max(0, i - Neighbours);
            var level = OrderStatistics.Median([.. points[start..Math.Min(points.Length, i + Neighbours + 1)].Select(p => p.Value)]);
            if (level < lowest)
            {
                (best, lowest) = (i, level);
            }
        }

        // Of the neighbours that made it the lowest.
        var from = Math.Max(0, best - Neighbours);
        return Enumerable.Range(from, Math.Min(points.Length - 1, best + Neighbours) - from + 1).MinBy(i => points[i].Value);
    }

    private static bool IsRise(ScalarPoint[] after, double best, double end)
    {
        double[] values = [.. after.Select(p => p.Value)];
        var steps = after.Select(p => (double)p.Step).ToArray();
        var slope = TheilSen.Slope(steps.AsSpan(0, Math.Min(steps.Length, CurveWindow.MostBlocks)), values.AsSpan(0, Math.Min(values.Length, CurveWindow.MostBlocks)));
        double[] rest = [.. after.Select(p => p.Value - (slope * p.Step))];
        var isOrdered = values.Length < FewestPoints || MannKendall.Of(Thinned(values)).RisingChance < Significance;
        return isOrdered && end - best > RiseSpreads * OrderStatistics.Spread(rest) / Math.Sqrt(Math.Max(1, Math.Min(values.Length, 3)));
    }

    // A jump to a level where it stays is no rise in order, and no better for it.
    private static bool StaysAbove(ScalarPoint[] after, double level)
        => after.Length > FewestPoints && after.Count(p => p.Value > level) >= ShareAbove * (after.Length - 1);

    private static double[] Thinned(double[] values)
    {
        var every = Math.Max(1, (values.Length + CurveWindow.MostBlocks - 1) / CurveWindow.MostBlocks);
        return [.. values.Where((_, i) => i % every == 0)];
    }

    private static SafeText Kept(TrainingRun run, Subject subject, long best, ScalarPoint[] points)
    {
        var saved = SavedSteps.Of(subject.Beside.Select(f => f.Path));
        if (run.Log.Best is { Step: { } recorded, Checkpoint: { } named } && Math.Abs(recorded - best) <= SameStep)
        {
            var isThere = subject.Beside.Any(f => f.Path.Split('/').Contains(named, StringComparer.Ordinal));
            return SafeText.Of($"the trainer's record names {SafeText.From(named, 60)} for it, which is {(isThere ? "there" : "not among the checkpoints")}");
        }

        if (saved.Count == 0)
        {
            return SafeText.Of($"whether its checkpoint is kept is not known, since no checkpoint with a step in its name is");
        }

        var nearest = saved.MinBy(s => Math.Abs(s.Step - best));
        return Math.Abs(nearest.Step - best) <= SameStep ? SafeText.Of($"its checkpoint {SafeText.From(nearest.Name, 60)} is there")
            : SafeText.Of($"no checkpoint of it is kept; the nearest is {SafeText.From(nearest.Name, 60)} of step {nearest.Step}, where it was {points.MinBy(p => Math.Abs(p.Step - nearest.Step)).Value:G5}");
    }

    /// <summary>How long and how far the loss may rise.</summary>
    public sealed record Options
    {
        /// <summary>The series that is judged; null, the default, is the trainer's own record of its best, else the validation loss.</summary>
        public string? Series { get; init; }

        /// <summary>The share of the run behind the best step from which on it counts as too long (default 0.25).</summary>
        [Range(0, 1)]
        public double Share { get; init; } = 0.25;

        /// <summary>How far the loss may have risen since, as a part of its best value (default 0.1).</summary>
        [Range(0, 1_000_000)]
        public double Rise { get; init; } = 0.1;
    }
}

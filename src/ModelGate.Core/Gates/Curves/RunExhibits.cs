using ModelGate.Artifacts;
using ModelGate.Runs;
using ModelGate.Signals.Curves;
using ModelGate.Signals.Curves.Joining;
using ModelGate.Signals.Mathematics;

namespace ModelGate.Gates.Curves;

/// <summary>Data for the picture of a run: its curves over the steps, where it was started again, and what was saved.</summary>
internal static class RunExhibits
{
    private const int MostCurves = 6;
    private const int MostSaved = 200;

    // From so many times its lowest value on, a plot's upper part leaves nothing to see of the lower.
    private const double RatioForLogarithm = 20;

    // A curve that is so many times higher or lower would press the judged one flat, or lie on the axis itself.
    private const double RatioBeside = 30;

    /// <summary>The picture of a run.</summary>
    /// <param name="run">The run.</param>
    /// <param name="judged">The series that are judged.</param>
    /// <param name="subject">The files.</param>
    /// <param name="window">The share of the points that is judged.</param>
    /// <param name="ceilingOf">The level that a series has to stay under.</param>
    public static IEnumerable<Exhibit> Of(TrainingRun run, IReadOnlyList<ScalarSeries> judged, Subject subject, double window, Func<ScalarSeries, double?> ceilingOf)
    {
        if (judged[0] is not { Points.Count: >= 2 } main)
        {
            return [];
        }

        var end = CurveEnd.Of(main, window, CurveMeasure.FewestInWindow);
        var lines = judged.Skip(1).Concat(Others(run, judged)).Where(s => s.Points.Count >= 2).Take(MostCurves - 1).ToArray();
        return
        [
            new CurveExhibit(SafeText.Of($"{SafeText.From(main.Name)} over the run"), SafeText.Of($"step"), SafeText.From(main.Name, 40), Thinned(main))
            {
                Description = SafeText.Of($"{SafeText.Count(main.Points.Count, "point")} from step {end.First.Step} to {end.Last.Step}; the curve begins at {end.First.Value:G5}, is lowest at step {end.Lowest.Step} with {end.Lowest.Value:G5}, and ends at {end.Last.Value:G5}"),
                Limit = ceilingOf(main),
                LimitLabel = "ceiling",
                Shaded = [new ShadedRange(end.WindowStep, end.Last.Step)],
                ShadedLabel = "the judged window",
                IsOverSteps = true,
                Others = [.. lines.Select(s => new CurveLine(SafeText.From(s.Name, 40), Thinned(s)))],
                Moments = Moments(run, main, end, subject),
                IsLogarithmic = IsLogarithmic(main, ceilingOf(main)),
            },
        ];
    }

    private static IReadOnlyList<CurvePoint> Thinned(ScalarSeries series) => CurvePoints.Thin([.. series.Points.Select(p => new CurvePoint(p.Step, p.Value))]);

    // The other measurement of the same first: a training loss beside the validation loss that is judged.
    private static IEnumerable<ScalarSeries> Others(TrainingRun run, IReadOnlyList<ScalarSeries> judged)
        => run.Log.Series.Where(s => !judged.Contains(s)).Select(s => (Series: s, Name: new SeriesName(s.Name)))
            .Where(s => s.Name.IsLoss || run.Profile.Series.ContainsKey(run.Key(s.Series.Name)))
            .Where(s => !s.Name.IsLearningRate && !s.Name.IsGradient)
            .Where(s => IsComparable(s.Series, judged[0]))
            .OrderByDescending(s => s.Name.IsWhole).ThenByDescending(s => s.Name.IsMel).Select(s => s.Series);

    private static List<CurveMoment> Moments(TrainingRun run, ScalarSeries main, CurveEnd end, Subject subject)
    {
        var moments = run.Log.Resumed.Select(s => new CurveMoment(s, MomentKind.Restart, SafeText.Of($"resumed at step {s}"))).ToList();
        if (run.Log.Best is { Step: { } step } best && (best.Series.Length == 0 || run.Find(best.Series)?.Name == main.Name))
        {
            moments.Add(new CurveMoment(step, MomentKind.Best, SafeText.Of($"best by the trainer's record, {best.Value:G5} at step {step}")));
        }
        else
        {
            moments.Add(new CurveMoment(end.Lowest.Step, MomentKind.Best, SafeText.Of($"lowest, {end.Lowest.Value:G5} at step {end.Lowest.Step}")));
        }

        var last = main.Points[^1].Step;
        moments.AddRange(SavedSteps.Of(subject.Beside.Select(f => f.Path)).Where(s => s.Step <= last * 1.1).Take(MostSaved)
            .Select(s => new CurveMoment(s.Step, MomentKind.Saved, SafeText.Of($"{SafeText.From(s.Name, 60)}"))));
        return moments;
    }

    private static bool IsComparable(ScalarSeries series, ScalarSeries main)
    {
        var (one, other) = (Size(series), Size(main));
        return one > 0 && other > 0 && one < other * RatioBeside && other < one * RatioBeside;
    }

    private static double Size(ScalarSeries series) => OrderStatistics.Median([.. series.Points.Select(p => Math.Abs(p.Value)).Where(double.IsFinite)]);

    private static bool IsLogarithmic(ScalarSeries main, double? ceiling)
    {
        var values = main.Points.Select(p => p.Value).Where(double.IsFinite).Append(ceiling ?? main.Points[0].Value).Where(double.IsFinite).ToArray();
        return values.Length > 0 && values.Min() > 0 && values.Max() > RatioForLogarithm * values.Min();
    }
}

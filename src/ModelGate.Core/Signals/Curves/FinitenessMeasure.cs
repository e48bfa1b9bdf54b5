using ModelGate.Artifacts;

namespace ModelGate.Signals.Curves;

/// <summary>Which series of a training log hold NaN or infinity.</summary>
internal sealed record FinitenessMeasure : ContentMeasure<TrainingLog, LogFiniteness>
{
    // Mixed precision skips a step whose gradient overflows: a gradient's norm that stays so is not a skipped step.
    private const int MostSkippedSteps = 2;

    /// <summary>Which series of a log hold NaN or infinity.</summary>
    public static LogFiniteness Of(TrainingLog content) => new(
        [.. content.Series.Select(Of)],
        [.. content.Abandoned.Select(a => a.Series.Select(Of).Where(s => s.Since is not null).ToArray())]);

    /// <inheritdoc/>
    protected override LogFiniteness Compute(FileStamp file, TrainingLog content, CancellationToken cancellation) => Of(content);

    private static SeriesFiniteness Of(ScalarSeries series)
    {
        var points = series.Points;
        var (count, since, nan) = (0, (long?)null, false);

        // It may begin with an infinity, as fp16 does until its scale is found.
        var first = 0;
        while (first < points.Count - 1 && double.IsInfinity(points[first].Value))
        {
            first++;
        }

        var start = IsGradient(series.Name) ? Math.Max(first, LastFinite(points) + 1) : first;
        for (var i = start; i < points.Count; i++)
        {
            if (!double.IsFinite(points[i].Value))
            {
                count++;
                since ??= points[i].Step;
                nan |= double.IsNaN(points[i].Value);
            }
        }

        return IsGradient(series.Name) && count <= MostSkippedSteps && count < points.Count
            ? new SeriesFiniteness(series.Name, points.Count, 0, null, false)
            : new SeriesFiniteness(series.Name, points.Count, count, since, nan);
    }

    private static int LastFinite(IReadOnlyList<ScalarPoint> points)
    {
        var last = points.Count - 1;
        while (last >= 0 && !double.IsFinite(points[last].Value))
        {
            last--;
        }

        return last;
    }

    private static bool IsGradient(string name) => name.Contains("grad", StringComparison.OrdinalIgnoreCase) || name.Contains("gnorm", StringComparison.OrdinalIgnoreCase);
}

/// <summary>The series of a log, and where they stop being finite.</summary>
/// <param name="Series">Those of the run that is judged.</param>
/// <param name="Abandoned">Of each run in front of it, those that are not finite.</param>
internal sealed record LogFiniteness(IReadOnlyList<SeriesFiniteness> Series, IReadOnlyList<IReadOnlyList<SeriesFiniteness>> Abandoned)
{
    /// <summary>The series that are not finite, the earliest first.</summary>
    public IReadOnlyList<SeriesFiniteness> Broken => [.. Series.Where(s => s.Since is not null).OrderBy(s => s.Since)];
}

/// <summary>The points of a series that are not finite.</summary>
/// <param name="Name">The series.</param>
/// <param name="Points">The number of its points.</param>
/// <param name="Count">How many are not finite; infinities at the very beginning, and a gradient's few skipped steps, do not count.</param>
/// <param name="Since">The step of the first of them; null where there is none.</param>
/// <param name="HasNaN">Whether one of them is NaN.</param>
internal sealed record SeriesFiniteness(string Name, int Points, int Count, long? Since, bool HasNaN);

using ModelGate.Artifacts;

namespace ModelGate.Signals.Curves;

/// <summary>How the curves of a training log end.</summary>
/// <param name="Series">The series that is measured; null for all of them.</param>
/// <param name="Window">The share of the points, counted from the end, that is the window.</param>
internal sealed record CurveMeasure(string? Series = null, double Window = 0.5) : ContentMeasure<TrainingLog, LogCurves>
{
    /// <summary>The fewest points in the window, where the series has as many.</summary>
    public const int FewestInWindow = 6;

    /// <inheritdoc/>
    protected override LogCurves Compute(FileStamp file, TrainingLog content, CancellationToken cancellation)
    {
        var ends = new List<CurveEnd>();
        foreach (var series in content.Series.Where(s => Series is null || s.Name == Series))
        {
            cancellation.ThrowIfCancellationRequested();
            ends.Add(CurveEnd.Of(series, Window, FewestInWindow));
        }

        return new LogCurves(content.Format, [.. content.Series.Select(s => s.Name)], ends, content.Hyperparameters);
    }
}

/// <summary>The points of a series, for a picture.</summary>
/// <param name="Series">The series.</param>
internal sealed record CurvePointsMeasure(string Series) : ContentMeasure<TrainingLog, ScalarSeries>
{
    /// <inheritdoc/>
    protected override ScalarSeries Compute(FileStamp file, TrainingLog content, CancellationToken cancellation)
        => content.Series.FirstOrDefault(s => s.Name == Series) ?? new ScalarSeries(Series, []);
}

/// <summary>The curves of a training log.</summary>
/// <param name="Format">The log's format.</param>
/// <param name="Names">Every series that the log has.</param>
/// <param name="Ends">How those that were measured end.</param>
/// <param name="Hyperparameters">Scalars of the run's configuration by dotted path, where the log states them.</param>
internal sealed record LogCurves(
    string Format, IReadOnlyList<string> Names, IReadOnlyList<CurveEnd> Ends, IReadOnlyDictionary<string, MetadataValue> Hyperparameters)
{
    /// <summary>A value of each series that was measured.</summary>
    public IEnumerable<Reading> Readings(Func<CurveEnd, double?> value) => Ends.Select(e => Reading.Of(e.Points == 0 ? null : value(e)) with { Part = SafeText.From(e.Name) });
}

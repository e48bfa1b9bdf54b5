using ModelGate.Artifacts;
using ModelGate.Trainers;

namespace ModelGate.Signals.Curves;

/// <summary>How the curves of a training log end.</summary>
/// <param name="Series">The series that is measured; null for all of them.</param>
/// <param name="Window">The share of the points, counted from the end, that is the window.</param>
internal sealed record CurveMeasure(string? Series = null, double Window = 0.5) : ContentMeasure<TrainingLog, LogCurves>
{
    /// <summary>Whether the series is measured that shows convergence with the log's trainer, whatever its name.</summary>
    public bool IsLoss { get; init; }

    /// <summary>The fewest points in the window, where the series has as many.</summary>
    public const int FewestInWindow = 6;

    /// <inheritdoc/>
    protected override LogCurves Compute(FileStamp file, TrainingLog content, CancellationToken cancellation)
    {
        var ends = new List<CurveEnd>();
        foreach (var series in IsLoss || Series is not null ? Chosen(content, Series) : content.Series)
        {
            cancellation.ThrowIfCancellationRequested();
            ends.Add(CurveEnd.Of(series, Window, FewestInWindow));
        }

        return new LogCurves(content.Format, [.. content.Series.Select(s => s.Name)], ends, content.Hyperparameters);
    }

    /// <summary>The series of a name, or of what the log calls it; none where the log has no such series.</summary>
    /// <param name="name">The name; null for the series that shows convergence with the log's trainer.</param>
    public static IReadOnlyList<ScalarSeries> Chosen(TrainingLog log, string? name)
    {
        var profile = TrainerCatalogue.ProfileOf(log.Format);
        return (name ?? profile.Loss) is { } wanted && profile.Find(log, wanted) is { } series ? [series] : [];
    }
}

/// <summary>The points of a series, for a picture.</summary>
/// <param name="Series">The series; null for the one that shows convergence with the log's trainer.</param>
internal sealed record CurvePointsMeasure(string? Series) : ContentMeasure<TrainingLog, ScalarSeries>
{
    /// <inheritdoc/>
    protected override ScalarSeries Compute(FileStamp file, TrainingLog content, CancellationToken cancellation)
        => CurveMeasure.Chosen(content, Series) is [var series] ? series : new ScalarSeries(Series ?? "", []);
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

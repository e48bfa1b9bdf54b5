using ModelGate.Artifacts;
using ModelGate.Trainers;

namespace ModelGate.Signals.Curves;

/// <summary>How a curve of a training log ends.</summary>
/// <param name="Series">The series, by any name that its trainer has for it; null for the one that shows whether training converges.</param>
/// <param name="Window">The share of the points, counted from the end, that is the window.</param>
internal sealed record CurveMeasure(string? Series, double Window = CurveMeasure.DefaultWindow) : ContentMeasure<TrainingLog, LogCurves>
{
    /// <summary>The share of the points that is the window where nothing else is said.</summary>
    public const double DefaultWindow = 0.5;

    /// <summary>The fewest points in the window, where the series has as many.</summary>
    public const int FewestInWindow = 6;

    /// <inheritdoc/>
    protected override LogCurves Compute(FileStamp file, TrainingLog content, CancellationToken cancellation)
    {
        var profile = TrainerCatalogue.ProfileOf(content.Format);
        var name = Series ?? profile.Loss;
        var series = name is null ? null : profile.Find(content, name);
        var known = name is null ? SeriesProfile.Unknown : profile.SeriesOf(name);
        return new LogCurves(
            name,
            [.. content.Series.Select(s => s.Name)],
            series is null ? [] : [CurveEnd.Of(series, Window, FewestInWindow)],
            known.Clamps,
            known.Ceiling?.Of(content.Hyperparameters))
        {
            LoggedEvery = profile.LogInterval is { } interval ? (interval.Hyperparameter, interval.Of(content.Hyperparameters)) : null,
            Abandoned = [.. content.Abandoned.Select(a => (a.LastStep, a.Epoch))],
        };
    }
}

/// <summary>How every curve of a training log ends.</summary>
internal sealed record AllCurvesMeasure : ContentMeasure<TrainingLog, LogCurves>
{
    /// <inheritdoc/>
    protected override LogCurves Compute(FileStamp file, TrainingLog content, CancellationToken cancellation)
    {
        var ends = new List<CurveEnd>();
        foreach (var series in content.Series)
        {
            cancellation.ThrowIfCancellationRequested();
            ends.Add(CurveEnd.Of(series, CurveMeasure.DefaultWindow, CurveMeasure.FewestInWindow));
        }

        return new LogCurves(null, [.. content.Series.Select(s => s.Name)], ends, [], null);
    }
}

/// <summary>The points of a series, for a picture.</summary>
/// <param name="Series">The series, by any name that its trainer has for it; null for the one that shows whether training converges.</param>
internal sealed record CurvePointsMeasure(string? Series) : ContentMeasure<TrainingLog, ScalarSeries>
{
    /// <inheritdoc/>
    protected override ScalarSeries Compute(FileStamp file, TrainingLog content, CancellationToken cancellation)
    {
        var profile = TrainerCatalogue.ProfileOf(content.Format);
        var name = Series ?? profile.Loss;
        return (name is null ? null : profile.Find(content, name)) ?? new ScalarSeries(name ?? "", []);
    }
}

/// <summary>The curves of a training log.</summary>
/// <param name="Asked">The name of the series that was asked for; null where all were, or where the trainer's own loss is not known.</param>
/// <param name="Names">Every series that the log has.</param>
/// <param name="Ends">How those that were measured end.</param>
/// <param name="Clamps">The values at which releases of the trainer cut the series off.</param>
/// <param name="Ceiling">The level that a good run of the trainer stays under; null where none is known.</param>
internal sealed record LogCurves(
    string? Asked, IReadOnlyList<string> Names, IReadOnlyList<CurveEnd> Ends, IReadOnlyList<double> Clamps, double? Ceiling)
{
    /// <summary>The hyperparameter that says how often the trainer logs, and the number of steps; null where it is not known.</summary>
    public (string Hyperparameter, long Steps)? LoggedEvery { get; init; }

    /// <summary>The last step and the highest epoch of each run that the log holds in front of this one.</summary>
    public IReadOnlyList<(long LastStep, long? Epoch)> Abandoned { get; init; } = [];

    /// <summary>A value of each series that was measured.</summary>
    public IEnumerable<Reading> Readings(Func<CurveEnd, double?> value) => Ends.Select(e => Reading.Of(e.Points == 0 ? null : value(e)) with { Part = SafeText.From(e.Name) });
}

using ModelGate.Artifacts;

namespace ModelGate.Signals.Curves;

/// <summary>How every curve of a training log ends.</summary>
internal sealed record CurveMeasure : ContentMeasure<TrainingLog, LogCurves>
{
    /// <summary>The share of the points that is the window where nothing else is said.</summary>
    public const double DefaultWindow = 0.5;

    /// <summary>The fewest points in the window, where the series has as many.</summary>
    public const int FewestInWindow = 6;

    /// <inheritdoc/>
    protected override LogCurves Compute(FileStamp file, TrainingLog content, CancellationToken cancellation)
    {
        var ends = new List<CurveEnd>();
        foreach (var series in content.Series)
        {
            cancellation.ThrowIfCancellationRequested();
            ends.Add(CurveEnd.Of(series, DefaultWindow, FewestInWindow));
        }

        return new LogCurves(ends);
    }
}

/// <summary>The curves of a training log.</summary>
/// <param name="Ends">How they end.</param>
internal sealed record LogCurves(IReadOnlyList<CurveEnd> Ends)
{
    /// <summary>A value of each series.</summary>
    public IEnumerable<Reading> Readings(Func<CurveEnd, double?> value) => Ends.Select(e => Reading.Of(e.Points == 0 ? null : value(e)) with { Part = SafeText.From(e.Name) });
}

using System.Globalization;
using ModelGate.Artifacts;
using ModelGate.Signals.Mathematics;

namespace ModelGate.Signals.Curves;

/// <summary>How a curve ends, in numbers of its own unit; docs/gates/MG4001.md has the method.</summary>
internal sealed record CurveEnd
{
    /// <summary>The shortest run of one value that is not a coincidence.</summary>
    public const int ShortestRun = 3;

    // So many equal values in a row, of so many digits, and nothing like it before: chance would need one in a million.
    private const int ShortestFreeze = 5;
    private const int FewestDigits = 3;

    // Three of a fall and two of a wave leave nothing to judge them by on fewer.
    private const int FewestInShape = 8;

    // So many points of the window's end are its tail, or an eighth of the window where that is more.
    private const int TailPoints = 3;

    /// <summary>The series.</summary>
    public required string Name { get; init; }

    /// <summary>The number of points of the series.</summary>
    public required int Points { get; init; }

    /// <summary>The first finite point; the very first where none is.</summary>
    public ScalarPoint First { get; init; }

    /// <summary>The last point.</summary>
    public ScalarPoint Last { get; init; }

    /// <summary>The point of the lowest finite value, the earliest of equals.</summary>
    public ScalarPoint Lowest { get; init; }

    /// <summary>The point of the highest finite value, the earliest of equals.</summary>
    public ScalarPoint Highest { get; init; }

    /// <summary>The step from which on the value repeats exactly, as no loss of fresh batches does; null where it does not.</summary>
    public long? FrozenSince { get; init; }

    /// <summary>The step at which the window begins.</summary>
    public long WindowStep { get; init; }

    /// <summary>The number of points in the window.</summary>
    public int WindowPoints { get; init; }

    /// <summary>The window's median; NaN where it is not finite.</summary>
    public double Level { get; init; } = double.NaN;

    /// <summary>The window's lowest value.</summary>
    public double WindowLowest { get; init; } = double.NaN;

    /// <summary>The window's highest value.</summary>
    public double WindowHighest { get; init; } = double.NaN;

    /// <summary>The first point between the window's lowest and highest value: where the curve had come to what it ends in.</summary>
    public ScalarPoint? Settled { get; init; }

    /// <summary>Theil and Sen's slope over the window, a step.</summary>
    public double Slope { get; init; } = double.NaN;

    /// <summary>What the slope makes over the whole window.</summary>
    public double Change { get; init; } = double.NaN;

    /// <summary>The robust deviation around the trend.</summary>
    public double Spread { get; init; } = double.NaN;

    /// <summary>The Mann-Kendall statistic in standard deviations: below zero falls.</summary>
    public double TrendZ { get; init; }

    /// <summary>The median of the last points: what the curve comes to at its very end.</summary>
    public double Tail { get; init; } = double.NaN;

    /// <summary>The first step that is not finite, or from which on the log hides it behind an exact zero.</summary>
    public long? NotFiniteSince { get; init; }

    /// <summary>The whole series from its first finite point on; null where it is not finite, or too short to have a shape.</summary>
    public CurveShape? Shape { get; init; }

    /// <summary>The window; null where there is none, or where it is not finite.</summary>
    public CurveWindow? End { get; init; }

    /// <summary>Measures a series.</summary>
    /// <param name="series">Ascending by step.</param>
    /// <param name="share">The share of the points, counted from the end, that is the window.</param>
    /// <param name="fewest">The fewest points in the window, where the series has as many.</param>
    public static CurveEnd Of(ScalarSeries series, double share, int fewest)
    {
        var points = series.Points;
        if (points.Count == 0)
        {
            return new CurveEnd { Name = series.Name, Points = 0 };
        }

        var wanted = Math.Max(fewest, (int)Math.Ceiling(points.Count * share));
        var first = Math.Max(0, points.Count - wanted);
        var measured = new CurveEnd
        {
            Name = series.Name,
            Points = points.Count,
            First = FirstOf(points),
            Last = points[^1],
            Lowest = ExtremeOf(points, (a, b) => a < b),
            Highest = ExtremeOf(points, (a, b) => a > b),
            FrozenSince = FrozenFrom(points),
            WindowStep = points[first].Step,
            WindowPoints = points.Count - first,
        };

        // One NaN is enough: weights do not come back from it, not a number of points makes up for it.
        if (NotFiniteFrom(points, first, measured.First.Value) is { } since)
        {
            return measured with { NotFiniteSince = since };
        }

        var window = new CurveWindow(points, first);
        var (lowest, highest) = (window.Values.Min(), window.Values.Max());
        return measured with
        {
            End = window,
            Level = window.Level,
            WindowLowest = lowest,
            WindowHighest = highest,
            Settled = points.First(p => p.Value >= lowest && p.Value <= highest),
            Slope = window.Slope,
            Change = window.Change,
            Spread = window.Spread,
            TrendZ = window.Trend.Z,
            Tail = OrderStatistics.Median(window.Values.AsSpan(TailStart(window.Values.Length))),
            Shape = ShapeOf(points),
        };
    }

    // What follows the last value that is not finite: before it the weights, or the scale of fp16, were others.
    private static CurveShape? ShapeOf(IReadOnlyList<ScalarPoint> points)
    {
        var first = points.Count;
        while (first > 0 && double.IsFinite(points[first - 1].Value))
        {
            first--;
        }

        return points.Count - first >= FewestInShape ? CurveShape.Of(points, first) : null;
    }

    /// <summary>Where the tail of a window of so many points begins.</summary>
    public static int TailStart(int count) => Math.Max(0, count - Math.Max(TailPoints, count / 8));

    private static long? NotFiniteFrom(IReadOnlyList<ScalarPoint> points, int first, double start)
    {
        for (var i = first; i < points.Count; i++)
        {
            if (!double.IsFinite(points[i].Value))
            {
                return points[i].Step;
            }
        }

        // Transformers writes a window of NaN as exactly 0.0. A loss that really ends there comes down to it; this one jumps.
        var zeros = points.Count;
        while (zeros > 0 && points[zeros - 1].Value == 0)
        {
            zeros--;
        }

        return points.Count - zeros >= ShortestRun && zeros > 0 && points[zeros - 1].Value > 0.01 * Math.Abs(start)
            ? points[zeros].Step
            : null;
    }

    // A trainer may begin with an infinity, as fp16 does until its scale is found: the fall is measured from the first number.
    private static ScalarPoint FirstOf(IReadOnlyList<ScalarPoint> points)
    {
        foreach (var point in points)
        {
            if (double.IsFinite(point.Value))
            {
                return point;
            }
        }

        return points[0];
    }

    private static ScalarPoint ExtremeOf(IReadOnlyList<ScalarPoint> points, Func<double, double, bool> isBeyond)
    {
        var extreme = new ScalarPoint(points[0].Step, double.NaN);
        foreach (var point in points)
        {
            if (double.IsFinite(point.Value) && (double.IsNaN(extreme.Value) || isBeyond(point.Value, extreme.Value)))
            {
                extreme = point;
            }
        }

        return extreme;
    }

    // A loss that is logged with few digits, or has come down to its resolution, repeats honestly.
    private static long? FrozenFrom(IReadOnlyList<ScalarPoint> points)
    {
        var value = points[^1].Value;
        var start = points.Count - 1;
        while (start > 0 && points[start - 1].Value.Equals(value))
        {
            start--;
        }

        if (!double.IsFinite(value) || points.Count - start < ShortestFreeze || DigitsOf(value) < FewestDigits)
        {
            return null;
        }

        var repeats = 0;
        for (var i = 1; i < start; i++)
        {
            repeats += points[i].Value.Equals(points[i - 1].Value) ? 1 : 0;
        }

        return repeats * 5 <= start ? points[start].Step : null;
    }

    private static int DigitsOf(double value)
        => value.ToString("R", CultureInfo.InvariantCulture).TakeWhile(c => c != 'E').Where(char.IsAsciiDigit).SkipWhile(c => c == '0').Reverse().SkipWhile(c => c == '0').Count();
}

using ModelGate.Artifacts;
using ModelGate.Signals.Mathematics;

namespace ModelGate.Signals.Curves;

/// <summary>The last part of a series, its trend, and what is left of it without the trend.</summary>
internal sealed class CurveWindow
{
    /// <summary>More points than these are taken together as medians of equal blocks: pairs of points cost their square.</summary>
    public const int MostBlocks = 400;

    // Of 95 %.
    private const double NormalQuantile = 1.959964;

    /// <summary>Measures the points from <paramref name="first"/> on, all of them finite.</summary>
    public CurveWindow(IReadOnlyList<ScalarPoint> points, int first)
    {
        var count = points.Count - first;
        Values = new double[count];
        for (var i = 0; i < count; i++)
        {
            Values[i] = points[first + i].Value;
        }

        var blocks = Math.Min(count, MostBlocks);
        var steps = new double[blocks];
        var medians = new double[blocks];
        for (var block = 0; block < blocks; block++)
        {
            var start = (int)((long)block * count / blocks);
            var end = (int)((long)(block + 1) * count / blocks);
            steps[block] = (points[first + start].Step * 0.5) + (points[first + end - 1].Step * 0.5);
            medians[block] = OrderStatistics.Median(Values.AsSpan(start, end - start));
        }

        var slopes = TheilSen.SortedSlopes(steps, medians);
        Slope = OrderStatistics.QuantileOfSorted(slopes, 0.5);
        Change = Slope * ((double)points[^1].Step - points[first].Step);
        Level = OrderStatistics.Median(Values);
        for (var i = 0; i < blocks; i++)
        {
            steps[i] = medians[i] - (Slope * steps[i]);
        }

        Trend = MannKendall.Of(medians, steps);
        SlopeInterval = TheilSen.Interval(slopes, Math.Sqrt(Trend.Variance), NormalQuantile);
        var residuals = new double[count];
        for (var i = 0; i < count; i++)
        {
            residuals[i] = Values[i] - (Slope * points[first + i].Step);
        }

        Spread = OrderStatistics.Spread(residuals);
    }

    public double[] Values { get; }

    /// <summary>The median.</summary>
    public double Level { get; }

    /// <summary>Theil and Sen's slope, a step.</summary>
    public double Slope { get; }

    /// <summary>Sen's interval of 95 % of the slope, a step.</summary>
    public (double Low, double High) SlopeInterval { get; }

    /// <summary>The slope times the window's steps.</summary>
    public double Change { get; }

    /// <summary>The robust deviation around the trend.</summary>
    public double Spread { get; }

    public MannKendall Trend { get; }
}

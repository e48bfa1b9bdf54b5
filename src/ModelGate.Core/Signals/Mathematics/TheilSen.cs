namespace ModelGate.Signals.Mathematics;

/// <summary>The slope of a noisy series: the median of the slopes between all pairs of points (Theil 1950, Sen 1968).</summary>
internal static class TheilSen
{
    /// <summary>The slope in value per unit of x; NaN where fewer than two points differ in x. It costs n squared: thin first.</summary>
    /// <param name="x">The positions, such as steps.</param>
    /// <param name="y">The finite values.</param>
    /// <exception cref="ArgumentException">The two differ in length.</exception>
    public static double Slope(ReadOnlySpan<double> x, ReadOnlySpan<double> y) => OrderStatistics.QuantileOfSorted(SortedSlopes(x, y), 0.5);

    /// <summary>Sen's interval (1968, eq. 2.6): the slopes that the rank test does not reject; NaN where there is no slope.</summary>
    /// <param name="slopes">The slopes between all pairs, sorted.</param>
    /// <param name="deviation">The standard deviation of Kendall's S.</param>
    /// <param name="quantile">The normal quantile of half the error, 1.96 for 95 %.</param>
    public static (double Low, double High) Interval(ReadOnlySpan<double> slopes, double deviation, double quantile)
    {
        if (slopes.IsEmpty)
        {
            return (double.NaN, double.NaN);
        }

        var room = quantile * deviation;
        var low = (int)Math.Floor((slopes.Length - room) / 2);
        return (slopes[Math.Clamp(low, 0, slopes.Length - 1)], slopes[Math.Clamp(slopes.Length - 1 - low, 0, slopes.Length - 1)]);
    }

    /// <summary>The slopes between all pairs of points that differ in x, sorted; it costs n squared.</summary>
    /// <exception cref="ArgumentException">The two differ in length.</exception>
    public static double[] SortedSlopes(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        if (x.Length != y.Length)
        {
            throw new ArgumentException($"{x.Length} positions and {y.Length} values", nameof(y));
        }

        var slopes = new List<double>(x.Length * (x.Length - 1) / 2);
        for (var i = 0; i < x.Length; i++)
        {
            for (var j = i + 1; j < x.Length; j++)
            {
                if (!x[i].Equals(x[j]))
                {
                    slopes.Add((y[j] - y[i]) / (x[j] - x[i]));
                }
            }
        }

        slopes.Sort();
        return [.. slopes];
    }
}

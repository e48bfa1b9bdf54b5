namespace ModelGate.Signals.Mathematics;

/// <summary>The slope of a noisy series: the median of the slopes between all pairs of points (Theil 1950, Sen 1968).</summary>
internal static class TheilSen
{
    /// <summary>The slope in value per unit of x; NaN where fewer than two points differ in x. It costs n squared: thin first.</summary>
    /// <param name="x">The positions, such as steps.</param>
    /// <param name="y">The finite values.</param>
    /// <exception cref="ArgumentException">The two differ in length.</exception>
    public static double Slope(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
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

        return OrderStatistics.Median([.. slopes]);
    }
}

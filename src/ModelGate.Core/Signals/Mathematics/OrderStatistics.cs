namespace ModelGate.Signals.Mathematics;

/// <summary>Median, quantile and robust spread of finite values: numbers that one wild batch cannot move.</summary>
internal static class OrderStatistics
{
    // The standard deviation of a normal distribution in units of its median absolute deviation: 1 / Phi^-1(3/4).
    private const double NormalDeviationsPerMad = 1.4826022185056018;

    public static double Median(ReadOnlySpan<double> values) => Quantile(values, 0.5);

    /// <summary>The quantile by linear interpolation between order statistics (Hyndman and Fan's type 7).</summary>
    public static double Quantile(ReadOnlySpan<double> values, double share)
    {
        if (values.IsEmpty)
        {
            return double.NaN;
        }

        var sorted = values.ToArray();
        Array.Sort(sorted);
        return QuantileOfSorted(sorted, share);
    }

    /// <summary>The median absolute deviation from the median, scaled to a normal distribution's standard deviation.</summary>
    public static double Spread(ReadOnlySpan<double> values)
    {
        var median = Median(values);
        var deviations = new double[values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            deviations[i] = Math.Abs(values[i] - median);
        }

        return Median(deviations) * NormalDeviationsPerMad;
    }

    public static double QuantileOfSorted(ReadOnlySpan<double> sorted, double share)
    {
        if (sorted.IsEmpty)
        {
            return double.NaN;
        }

        var at = share * (sorted.Length - 1);
        var below = (int)at;
        var above = Math.Min(below + 1, sorted.Length - 1);

        // The middle of two equal values is that value; the weighted sum may differ from it in the last bit.
        return sorted[below].Equals(sorted[above])
            ? sorted[below]
            : (sorted[below] * (1 - (at - below))) + (sorted[above] * (at - below));
    }
}

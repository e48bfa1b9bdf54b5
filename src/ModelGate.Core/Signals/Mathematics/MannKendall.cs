namespace ModelGate.Signals.Mathematics;

/// <summary>Whether a series goes one way: the Mann-Kendall test (Mann 1945, Kendall 1975).</summary>
/// <param name="S">Pairs that rise less pairs that fall.</param>
/// <param name="Variance">The variance of S when there is no trend, corrected for ties (Kendall 1975) and for autocorrelation.</param>
/// <param name="Inflation">The factor by which autocorrelation raised the variance (Hamed and Rao 1998); 1 for none.</param>
internal readonly record struct MannKendall(long S, double Variance, double Inflation)
{
    /// <summary>The shortest series whose autocorrelation is estimated: below, a lag's estimate is noise.</summary>
    public const int FewestForAutocorrelation = 10;

    /// <summary>S in standard deviations, with the continuity correction; 0 for a constant series.</summary>
    public double Z => S == 0 || Variance <= 0 ? 0 : (S - Math.Sign(S)) / Math.Sqrt(Variance);

    /// <summary>The chance of such a rise or a greater one without a trend (one-sided, normal approximation).</summary>
    public double RisingChance => Tail(Z);

    /// <summary>The chance of such a fall or a greater one without a trend (one-sided, normal approximation).</summary>
    public double FallingChance => Tail(-Z);

    /// <summary>Tests a series of finite values at growing positions. It costs n squared: thin first.</summary>
    /// <param name="values">The values in order.</param>
    /// <param name="detrended">The same values without their trend, for the autocorrelation; empty to leave it out.</param>
    public static MannKendall Of(ReadOnlySpan<double> values, ReadOnlySpan<double> detrended = default)
    {
        var s = 0L;
        for (var i = 0; i < values.Length; i++)
        {
            for (var j = i + 1; j < values.Length; j++)
            {
                s += values[j].CompareTo(values[i]);
            }
        }

        double n = values.Length;
        var variance = ((n * (n - 1) * ((2 * n) + 5)) - TieTerm(values)) / 18;
        var inflation = detrended.Length >= FewestForAutocorrelation ? InflationOf(detrended) : 1;
        return new MannKendall(s, variance * inflation, inflation);
    }

    private static double TieTerm(ReadOnlySpan<double> values)
    {
        var sorted = values.ToArray();
        Array.Sort(sorted);
        var term = 0.0;
        for (var start = 0; start < sorted.Length;)
        {
            var end = start + 1;
            while (end < sorted.Length && sorted[end].Equals(sorted[start]))
            {
                end++;
            }

            double tied = end - start;
            term += tied * (tied - 1) * ((2 * tied) + 5);
            start = end;
        }

        return term;
    }

    // Hamed and Rao, J. Hydrology 204 (1998), eq. 15: from the autocorrelation of the detrended ranks, lags significant at 5 % only.
    // Never below 1: neighbours that alternate would make the test bolder than independent ones.
    private static double InflationOf(ReadOnlySpan<double> detrended)
    {
        var ranks = Ranks(detrended);
        double n = ranks.Length;
        var mean = (n + 1) / 2;
        var power = 0.0;
        foreach (var rank in ranks)
        {
            power += (rank - mean) * (rank - mean);
        }

        if (power <= 0)
        {
            return 1;
        }

        var sum = 0.0;
        for (var lag = 1; lag < ranks.Length - 2; lag++)
        {
            var product = 0.0;
            for (var i = lag; i < ranks.Length; i++)
            {
                product += (ranks[i] - mean) * (ranks[i - lag] - mean);
            }

            var correlation = product / power;
            if (Math.Abs(correlation) > 1.959964 / Math.Sqrt(n))
            {
                sum += (n - lag) * (n - lag - 1) * (n - lag - 2) * correlation;
            }
        }

        return Math.Max(1, 1 + (2 * sum / (n * (n - 1) * (n - 2))));
    }

    private static double[] Ranks(ReadOnlySpan<double> values)
    {
        var keys = values.ToArray();
        var order = new int[keys.Length];
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        Array.Sort(keys, order);
        var ranks = new double[keys.Length];
        for (var start = 0; start < keys.Length;)
        {
            var end = start + 1;
            while (end < keys.Length && keys[end].Equals(keys[start]))
            {
                end++;
            }

            for (var i = start; i < end; i++)
            {
                ranks[order[i]] = (start + end + 1) / 2.0;
            }

            start = end;
        }

        return ranks;
    }

    // The upper tail of the normal distribution by the complementary error function of Abramowitz and Stegun 7.1.26: within 1.5e-7.
    private static double Tail(double z)
    {
        var x = Math.Abs(z) / Math.Sqrt(2);
        var t = 1 / (1 + (0.3275911 * x));
        var series = t * (0.254829592 + (t * (-0.284496736 + (t * (1.421413741 + (t * (-1.453152027 + (t * 1.061405429))))))));
        var upper = 0.5 * series * Math.Exp(-x * x);
        return z >= 0 ? upper : 1 - upper;
    }
}

namespace ModelGate.Signals.Mathematics;

/// <summary>A count among others, with what may be said of the rate behind it.</summary>
/// <param name="Count">How many were counted.</param>
/// <param name="Of">Among how many.</param>
internal readonly record struct Proportion(int Count, int Of)
{
    // The quantile of the normal distribution for 95 %, two-sided.
    private const double Z = 1.959963984540054;

    /// <summary>The share; 0 where there is nothing to count among.</summary>
    public double Share => Of == 0 ? 0 : (double)Count / Of;

    /// <summary>The interval that holds the rate in 95 of 100 cases, if the counted are independent of each other (Wilson 1927, without continuity correction).</summary>
    public (double Low, double High) Interval
    {
        get
        {
            if (Of == 0)
            {
                return (0, 1);
            }

            double n = Of;
            var middle = (Share + (Z * Z / (2 * n))) / (1 + (Z * Z / n));
            var half = Z / (1 + (Z * Z / n)) * Math.Sqrt((Share * (1 - Share) / n) + (Z * Z / (4 * n * n)));
            return (Count == 0 ? 0 : Math.Max(0, middle - half), Count == Of ? 1 : Math.Min(1, middle + half));
        }
    }
}

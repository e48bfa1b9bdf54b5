namespace ModelGate.Signals.Mathematics;

/// <summary>Student's t distribution.</summary>
/// <remarks>
/// The cumulative distribution is 1 - I(ν / (ν + t²); ν/2, 1/2) / 2 for t ≥ 0, I the regularised incomplete beta function, by its continued fraction (DLMF 8.17.22).
/// </remarks>
internal static class StudentT
{
    /// <summary>The value that a variable exceeds with a probability.</summary>
    /// <param name="probability">The probability of the upper tail, above 0 and at most 0.5.</param>
    /// <param name="degrees">The degrees of freedom, at least 1.</param>
    public static double UpperQuantile(double probability, int degrees)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(degrees, 1);
        if (probability is not (> 0 and <= 0.5))
        {
            throw new ArgumentOutOfRangeException(nameof(probability));
        }

        var (low, high) = (0.0, 1.0);
        while (UpperTail(high, degrees) > probability && high < 1e150)
        {
            high *= 2;
        }

        for (var i = 0; i < 200 && high - low > 1e-13 * high; i++)
        {
            var middle = (low + high) / 2;
            (low, high) = UpperTail(middle, degrees) > probability ? (middle, high) : (low, middle);
        }

        return (low + high) / 2;
    }

    private static double UpperTail(double t, int degrees) => IncompleteBeta(degrees / (degrees + (t * t)), degrees / 2.0) / 2;

    // I(x; a, 1/2). The fraction converges fast below (a + 1) / (a + b + 2); above it, the symmetric one does.
    private static double IncompleteBeta(double x, double a)
    {
        const double B = 0.5;
        if (x >= 1)
        {
            return 1;
        }

        var front = Math.Exp(LogGamma(a + B) - LogGamma(a) - LogGamma(B) + (a * Math.Log(x)) + (B * Math.Log(1 - x)));
        return x < (a + 1) / (a + B + 2) ? front * Fraction(x, a, B) / a : 1 - (front * Fraction(1 - x, B, a) / B);
    }

    // Lentz's evaluation.
    private static double Fraction(double x, double a, double b)
    {
        const double Tiny = 1e-300;
        var c = 1.0;
        var d = 1 / NotZero(1 - ((a + b) * x / (a + 1)));
        var value = d;
        for (var m = 1; m <= 1000; m++)
        {
            var even = m * (b - m) * x / ((a + (2 * m) - 1) * (a + (2 * m)));
            d = 1 / NotZero(1 + (even * d));
            c = NotZero(1 + (even / c));
            value *= d * c;
            var odd = -(a + m) * (a + b + m) * x / ((a + (2 * m)) * (a + (2 * m) + 1));
            d = 1 / NotZero(1 + (odd * d));
            c = NotZero(1 + (odd / c));
            var step = d * c;
            value *= step;
            if (Math.Abs(step - 1) < 1e-15)
            {
                break;
            }
        }

        return value;

        static double NotZero(double number) => Math.Abs(number) < Tiny ? Tiny : number;
    }

    // Of halves of whole numbers alone: Γ(1/2) = √π, Γ(1) = 1, Γ(z + 1) = z Γ(z); Stirling's series above.
    private static double LogGamma(double z)
    {
        var shift = 0.0;
        while (z < 12)
        {
            shift -= Math.Log(z);
            z++;
        }

        var inverse = 1 / (z * z);
        return shift + ((z - 0.5) * Math.Log(z)) - z + (0.5 * Math.Log(2 * Math.PI)) + ((1.0 / 12) - (inverse * ((1.0 / 360) - (inverse * ((1.0 / 1260) - (inverse / 1680)))))) / z;
    }
}

using System.Runtime.Intrinsics;

namespace ModelGate.Signals.Mathematics;

/// <summary>The exponential function of four numbers at once, to within two units in the last place. No fused multiplication: the same bits on every processor.</summary>
internal static class LaneExponential
{
    private const double Largest = 700;
    private const int ExponentBits = 52;
    private const long ExponentBias = 1023;

    // ln 2 in two parts, the first of which has zeros at its end, so that a small multiple of it is exact (Cody and Waite 1980).
    private const double HighLogarithm = 6.93147180369123816490e-01;
    private const double LowLogarithm = 1.90821492927058770002e-10;

    // 1/k!, from k = 13 down: what is left out is below 5e-18 where |r| is at most ln(2)/2.
    private static readonly double[] Coefficients =
    [
        1.0 / 6227020800, 1.0 / 479001600, 1.0 / 39916800, 1.0 / 3628800, 1.0 / 362880, 1.0 / 40320, 1.0 / 5040, 1.0 / 720, 1.0 / 120, 1.0 / 24, 1.0 / 6, 0.5, 1, 1,
    ];

    /// <summary>e to each number, which is taken for 700 above, and for -700 below.</summary>
    public static Vector256<double> Of(Vector256<double> values)
    {
        var bounded = Vector256.MinNative(Vector256.MaxNative(values, Vector256.Create(-Largest)), Vector256.Create(Largest));
        var power = Vector256.Floor((bounded * (1 / Math.Log(2))) + Vector256.Create(0.5));
        var rest = bounded - (power * HighLogarithm) - (power * LowLogarithm);
        var sum = Vector256<double>.Zero;
        foreach (var coefficient in Coefficients)
        {
            sum = (sum * rest) + Vector256.Create(coefficient);
        }

        var scale = (Vector256.ConvertToInt64(power) + Vector256.Create(ExponentBias)) << ExponentBits;
        return sum * scale.AsDouble();
    }
}

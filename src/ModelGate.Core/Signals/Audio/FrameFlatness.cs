using System.Runtime.Intrinsics;
using ModelGate.Signals.Mathematics;

namespace ModelGate.Signals.Audio;

/// <summary>Computes flatness and level of four frames at once.</summary>
internal static class FrameFlatness
{
    private const double LeastPower = 1e-10;
    private const int ExponentBits = 52;
    private const long ExponentBias = 1023;

    /// <summary>Measures the current frames and returns their number.</summary>
    public static int Measure(FrameSeries frames, SpectrumBlock spectra, Span<FlatnessFrame> values)
    {
        var levels = frames.Levels;
        var (logarithm, mean) = Means(spectra.Powers);
        for (var lane = 0; lane < frames.Count; lane++)
        {
            // A geometric mean is never above the arithmetic one, but for rounding.
            var flatness = Math.Min(1, Math.Exp(logarithm[lane]) / mean[lane]);
            values[lane] = new FlatnessFrame(flatness, levels[lane]);
        }

        return frames.Count;
    }

    /// <summary>The mean of the logarithms of powers, none of them taken for less than 1e-10, and their mean.</summary>
    // The product of all powers, its exponent taken out before it can overflow, costs one logarithm a frame in place of 1025. Three
    // powers of the largest float32 signal make 1e251.
    public static (Vector256<double> MeanOfLogarithms, Vector256<double> Mean) Means(ReadOnlySpan<Vector256<double>> powers)
    {
        var least = Vector256.Create(LeastPower);
        var mantissa = Vector256.Create((1L << ExponentBits) - 1);
        var one = Vector256.Create(ExponentBias << ExponentBits);
        var sum = Vector256<double>.Zero;
        var product = Vector256<double>.One;
        var exponent = Vector256<long>.Zero;
        var groups = 0;
        for (var i = 0; i < powers.Length; i += 3)
        {
            foreach (ref readonly var value in powers.Slice(i, Math.Min(3, powers.Length - i)))
            {
                var power = Vector256.MaxNative(value, least);
                sum += power;
                product *= power;
            }

            var bits = product.AsInt64();
            exponent += bits >>> ExponentBits;
            product = ((bits & mantissa) | one).AsDouble();
            groups++;
        }

        exponent -= Vector256.Create(groups * ExponentBias);
        return (LogarithmOf(product, exponent) / powers.Length, sum / powers.Length);
    }

    private static Vector256<double> LogarithmOf(Vector256<double> mantissa, Vector256<long> exponent)
    {
        var logarithm = Vector256<double>.Zero;
        for (var lane = 0; lane < RealFourierTransform.Lanes; lane++)
        {
            logarithm = logarithm.WithElement(lane, Math.Log(mantissa[lane]) + (exponent[lane] * Math.Log(2)));
        }

        return logarithm;
    }
}

/// <summary>One frame's values.</summary>
/// <param name="Flatness">The spectral flatness, 0 to 1.</param>
/// <param name="Rms">The root mean square of the frame's samples without the window, full scale = 1.</param>
internal readonly record struct FlatnessFrame(double Flatness, double Rms);

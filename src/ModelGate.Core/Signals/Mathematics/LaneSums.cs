using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ModelGate.Signals.Mathematics;

/// <summary>Sums and extremes of many numbers in vectors of four, in one order on every processor.</summary>
internal static class LaneSums
{
    /// <summary>The sum of the numbers.</summary>
    public static double Sum(ReadOnlySpan<double> values)
    {
        var fours = MemoryMarshal.Cast<double, Vector256<double>>(values);
        Vector256<double> even = default, odd = default;
        var i = 0;
        for (; i <= fours.Length - 2; i += 2)
        {
            even += fours[i];
            odd += fours[i + 1];
        }

        var sum = Vector256.Sum(even + odd);
        foreach (var value in values[(4 * i)..])
        {
            sum += value;
        }

        return sum;
    }

    /// <summary>The sum of the squares of the numbers.</summary>
    public static double Squares(ReadOnlySpan<double> values)
    {
        var fours = MemoryMarshal.Cast<double, Vector256<double>>(values);
        Vector256<double> even = default, odd = default;
        var i = 0;
        for (; i <= fours.Length - 2; i += 2)
        {
            even += fours[i] * fours[i];
            odd += fours[i + 1] * fours[i + 1];
        }

        var sum = Vector256.Sum(even + odd);
        foreach (var value in values[(4 * i)..])
        {
            sum += value * value;
        }

        return sum;
    }

    /// <summary>The largest absolute value; 0 without any.</summary>
    public static double Peak(ReadOnlySpan<double> values)
    {
        var fours = MemoryMarshal.Cast<double, Vector256<double>>(values);
        Vector256<double> largest = default;
        foreach (ref readonly var four in fours)
        {
            largest = Vector256.MaxNative(largest, Vector256.Abs(four));
        }

        var peak = 0.0;
        for (var lane = 0; lane < Vector256<double>.Count; lane++)
        {
            peak = Math.Max(peak, largest[lane]);
        }

        foreach (var value in values[(4 * fours.Length)..])
        {
            peak = Math.Max(peak, Math.Abs(value));
        }

        return peak;
    }
}

using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ModelGate.Signals.Weights;

/// <summary>Sums, squares and extremes of single-precision numbers in one pass.</summary>
/// <remarks>
/// Sums are of the differences from a shift near the mean, in double precision, so that the variance keeps its digits: the
/// shifted-data algorithm of Chan, Golub and LeVeque (1983). There are eight sums whatever the processor, added up in one order and without
/// fused multiplication, so that every processor gives the same bits. Wider vectors than 256 bits gain nothing: additions wait for one another.
/// </remarks>
internal readonly record struct SinglePass(double Sum, double Squares, float Minimum, float Maximum)
{
    private const int Lanes = 8;

    /// <summary>Measures numbers; where one of them is not finite, <see cref="Sum"/> is not finite either.</summary>
    /// <param name="numbers">At least one number.</param>
    /// <param name="shift">A number near their mean.</param>
    public static SinglePass Of(ReadOnlySpan<float> numbers, double shift)
        => Vector256.IsHardwareAccelerated ? EightAtOnce(numbers, shift) : FourAtOnce(numbers, shift);

    /// <summary>The same with vectors of 256 bits.</summary>
    public static SinglePass EightAtOnce(ReadOnlySpan<float> numbers, double shift)
    {
        var (sumA, sumB) = (Vector256<double>.Zero, Vector256<double>.Zero);
        var (squaresA, squaresB) = (Vector256<double>.Zero, Vector256<double>.Zero);
        var (min, max) = (Vector256.Create(numbers[0]), Vector256.Create(numbers[0]));
        var shifts = Vector256.Create(shift);
        ref var start = ref MemoryMarshal.GetReference(numbers);
        var i = 0;
        for (; i <= numbers.Length - Lanes; i += Lanes)
        {
            var eight = Vector256.LoadUnsafe(ref start, (nuint)i);
            // Of two numbers one of which is NaN either may come out: the sum tells that there is one.
            min = Vector256.MinNative(min, eight);
            max = Vector256.MaxNative(max, eight);
            var (lower, upper) = Vector256.Widen(eight);
            lower -= shifts;
            upper -= shifts;
            sumA += lower;
            sumB += upper;
            squaresA += lower * lower;
            squaresB += upper * upper;
        }

        var (sums, squares) = (sumA + sumB, squaresA + squaresB);
        var four = new SinglePass(
            Total(sums.GetLower() + sums.GetUpper()), Total(squares.GetLower() + squares.GetUpper()), Lowest(min.GetLower(), min.GetUpper()), Highest(max.GetLower(), max.GetUpper()));
        return four.With(numbers[i..], shift);
    }

    /// <summary>The same with vectors of 128 bits, which every processor has, and the native build uses everywhere.</summary>
    public static SinglePass FourAtOnce(ReadOnlySpan<float> numbers, double shift)
    {
        var (sumA, sumB, sumC, sumD) = (Vector128<double>.Zero, Vector128<double>.Zero, Vector128<double>.Zero, Vector128<double>.Zero);
        var (squaresA, squaresB, squaresC, squaresD) = (Vector128<double>.Zero, Vector128<double>.Zero, Vector128<double>.Zero, Vector128<double>.Zero);
        var (minA, minB, maxA, maxB) = (Vector128.Create(numbers[0]), Vector128.Create(numbers[0]), Vector128.Create(numbers[0]), Vector128.Create(numbers[0]));
        var shifts = Vector128.Create(shift);
        ref var start = ref MemoryMarshal.GetReference(numbers);
        var i = 0;
        for (; i <= numbers.Length - Lanes; i += Lanes)
        {
            var first = Vector128.LoadUnsafe(ref start, (nuint)i);
            minA = Vector128.MinNative(minA, first);
            maxA = Vector128.MaxNative(maxA, first);
            var (lower, upper) = Vector128.Widen(first);
            lower -= shifts;
            upper -= shifts;
            sumA += lower;
            sumB += upper;
            squaresA += lower * lower;
            squaresB += upper * upper;

            var second = Vector128.LoadUnsafe(ref start, (nuint)(i + Vector128<float>.Count));
            minB = Vector128.MinNative(minB, second);
            maxB = Vector128.MaxNative(maxB, second);
            (lower, upper) = Vector128.Widen(second);
            lower -= shifts;
            upper -= shifts;
            sumC += lower;
            sumD += upper;
            squaresC += lower * lower;
            squaresD += upper * upper;
        }

        var eight = new SinglePass(
            Total((sumA + sumC) + (sumB + sumD)), Total((squaresA + squaresC) + (squaresB + squaresD)), Lowest(minA, minB), Highest(maxA, maxB));
        return eight.With(numbers[i..], shift);
    }

    private SinglePass With(ReadOnlySpan<float> rest, double shift)
    {
        var (sum, squares, lowest, highest) = this;
        foreach (var number in rest)
        {
            var difference = number - shift;
            sum += difference;
            squares += difference * difference;
            lowest = Math.Min(lowest, number);
            highest = Math.Max(highest, number);
        }

        return new SinglePass(sum, squares, lowest, highest);
    }

    private static double Total(Vector128<double> two) => two[0] + two[1];

    private static float Lowest(Vector128<float> a, Vector128<float> b)
    {
        var lowest = a[0];
        for (var lane = 0; lane < Lanes; lane++)
        {
            lowest = Math.Min(lowest, lane < 4 ? a[lane] : b[lane - 4]);
        }

        return lowest;
    }

    private static float Highest(Vector128<float> a, Vector128<float> b)
    {
        var highest = a[0];
        for (var lane = 0; lane < Lanes; lane++)
        {
            highest = Math.Max(highest, lane < 4 ? a[lane] : b[lane - 4]);
        }

        return highest;
    }
}

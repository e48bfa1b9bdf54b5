using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ModelGate.Signals.Weights;

/// <summary>Sums, squares and extremes of single-precision numbers in one pass, four at a time on any processor.</summary>
/// <remarks>
/// Sums are of the differences from a shift near the mean, in double precision, so that the variance keeps its digits: the
/// shifted-data algorithm of Chan, Golub and LeVeque (1983).
/// </remarks>
internal readonly record struct SinglePass(double Sum, double Squares, float Minimum, float Maximum)
{
    /// <summary>Measures numbers; where one of them is not finite, <see cref="Sum"/> is not finite either.</summary>
    /// <param name="numbers">At least one number.</param>
    /// <param name="shift">A number near their mean.</param>
    public static SinglePass Of(ReadOnlySpan<float> numbers, double shift)
    {
        var (sumA, sumB) = (Vector128<double>.Zero, Vector128<double>.Zero);
        var (squaresA, squaresB) = (Vector128<double>.Zero, Vector128<double>.Zero);
        var (min, max) = (Vector128.Create(numbers[0]), Vector128.Create(numbers[0]));
        var shifts = Vector128.Create(shift);
        ref var start = ref MemoryMarshal.GetReference(numbers);
        var i = 0;
        for (; i <= numbers.Length - Vector128<float>.Count; i += Vector128<float>.Count)
        {
            var four = Vector128.LoadUnsafe(ref start, (nuint)i);
            // Of two numbers one of which is NaN either may come out: the sum tells that there is one.
            min = Vector128.MinNative(min, four);
            max = Vector128.MaxNative(max, four);
            var (lower, upper) = Vector128.Widen(four);
            lower -= shifts;
            upper -= shifts;
            sumA += lower;
            sumB += upper;
            squaresA += lower * lower;
            squaresB += upper * upper;
        }

        var (sum, squares) = (Vector128.Sum(sumA + sumB), Vector128.Sum(squaresA + squaresB));
        var (lowest, highest) = (min[0], max[0]);
        for (var lane = 1; lane < Vector128<float>.Count; lane++)
        {
            lowest = Math.Min(lowest, min[lane]);
            highest = Math.Max(highest, max[lane]);
        }

        for (; i < numbers.Length; i++)
        {
            var number = Unsafe.Add(ref start, i);
            var difference = number - shift;
            sum += difference;
            squares += difference * difference;
            lowest = Math.Min(lowest, number);
            highest = Math.Max(highest, number);
        }

        return new SinglePass(sum, squares, lowest, highest);
    }
}

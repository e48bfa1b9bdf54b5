using System.Numerics.Tensors;

namespace ModelGate.Signals.Weights;

/// <summary>Counts, extremes, mean and spread of numbers that come in blocks.</summary>
/// <remarks>
/// Each block is measured in two passes, and blocks are joined by the update of Chan, Golub and LeVeque (1979): no sum of squares
/// ever loses the digits that a large mean takes away.
/// </remarks>
internal sealed class Moments
{
    private long count;
    private long nan;
    private long infinite;
    private double min = double.PositiveInfinity;
    private double max = double.NegativeInfinity;
    private double mean;
    private double squares;

    /// <summary>Takes a block of numbers, which it may overwrite.</summary>
    public void Add(Span<double> numbers)
    {
        // A sum that is finite had only finite parts.
        if (!double.IsFinite(TensorPrimitives.Sum<double>(numbers)))
        {
            numbers = KeepFinite(numbers);
        }

        if (numbers.IsEmpty)
        {
            return;
        }

        min = Math.Min(min, TensorPrimitives.Min<double>(numbers));
        max = Math.Max(max, TensorPrimitives.Max<double>(numbers));
        var sum = TensorPrimitives.Sum<double>(numbers);
        // The sum of finite numbers can still be too large; the mean of their shares is not.
        var blockMean = double.IsFinite(sum) ? sum / numbers.Length : MeanOfShares(numbers);
        TensorPrimitives.Subtract(numbers, blockMean, numbers);
        Join(numbers.Length, blockMean, TensorPrimitives.SumOfSquares<double>(numbers));
    }

    /// <summary>Takes a block of single-precision numbers; false where one of them is not finite, and nothing was taken.</summary>
    public bool TryAdd(ReadOnlySpan<float> numbers)
    {
        if (numbers.IsEmpty)
        {
            return true;
        }

        var shift = count > 0 ? mean : ShiftOf(numbers);
        var pass = SinglePass.Of(numbers, shift);
        if (!double.IsFinite(pass.Sum))
        {
            return false;
        }

        min = Math.Min(min, pass.Minimum);
        max = Math.Max(max, pass.Maximum);
        var difference = pass.Sum / numbers.Length;
        // Rounding must not make the sum of squares of a near-constant negative.
        Join(numbers.Length, shift + difference, Math.Max(0, pass.Squares - (pass.Sum * difference)));
        return true;
    }

    /// <summary>The statistics, where every number stands for several of the same.</summary>
    public TensorStatistics Finish(long repeats)
    {
        if (count == 0)
        {
            return new TensorStatistics(nan * repeats, infinite * repeats, null, null, null, null);
        }

        // Rounding must not make a constant vary.
        return min == max
            ? new TensorStatistics(nan * repeats, infinite * repeats, min, max, min, 0)
            : new TensorStatistics(nan * repeats, infinite * repeats, min, max, mean, Math.Sqrt(squares / count));
    }

    private Span<double> KeepFinite(Span<double> numbers)
    {
        var kept = 0;
        foreach (var number in numbers)
        {
            if (double.IsFinite(number))
            {
                numbers[kept++] = number;
            }
            else if (double.IsNaN(number))
            {
                nan++;
            }
            else
            {
                infinite++;
            }
        }

        return numbers[..kept];
    }

    private static double ShiftOf(ReadOnlySpan<float> numbers)
    {
        var first = numbers[..Math.Min(64, numbers.Length)];
        var sum = 0.0;
        foreach (var number in first)
        {
            sum += number;
        }

        return double.IsFinite(sum) ? sum / first.Length : 0;
    }

    private static double MeanOfShares(ReadOnlySpan<double> numbers)
    {
        var result = 0.0;
        foreach (var number in numbers)
        {
            result += number / numbers.Length;
        }

        return result;
    }

    private void Join(int blockCount, double blockMean, double blockSquares)
    {
        var total = count + blockCount;
        var delta = blockMean - mean;
        mean += delta * ((double)blockCount / total);
        squares += blockSquares + (delta * delta * count * ((double)blockCount / total));
        count = total;
    }
}

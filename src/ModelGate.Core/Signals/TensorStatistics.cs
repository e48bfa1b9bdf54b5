using System.Buffers;
using ModelGate.Artifacts;

namespace ModelGate.Signals;

/// <summary>What the elements of a tensor amount to, over its finite numbers; complex numbers count as their two parts.</summary>
/// <param name="NaN">How many are not a number.</param>
/// <param name="Infinite">How many are infinite.</param>
/// <param name="Minimum">The smallest; null where no number is finite.</param>
/// <param name="Maximum">The largest.</param>
/// <param name="Mean">The arithmetic mean.</param>
/// <param name="StandardDeviation">The standard deviation of the population.</param>
public sealed record TensorStatistics(long NaN, long Infinite, double? Minimum, double? Maximum, double? Mean, double? StandardDeviation)
{
    private const int BlockElements = 16 << 10;

    /// <summary>Measures a tensor, reading its elements once and in blocks.</summary>
    /// <returns>Null where there is nothing to measure: the file holds no elements, or their type has no meaning as numbers.</returns>
    /// <exception cref="ArtifactFormatException">The file does not hold what its description promised.</exception>
    /// <exception cref="OperationCanceledException">The caller wants to stop.</exception>
    public static TensorStatistics? Measure(TensorEntry tensor, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        var perElement = TensorNumbers.PerElement(tensor.DType);
        if (tensor.Data is null || perElement == 0)
        {
            return null;
        }

        // Sums do not care about the order, and an expanded tensor shows the same numbers many times.
        var (data, elements, repeats) = tensor.Data is IReorderable reorderable && tensor.Elements > 0
            ? reorderable.InStorageOrder()
            : new Reordered(tensor.Data, tensor.Elements, 1);
        var dequantizer = tensor.Data is IQuantizedData quantized ? new Dequantizer(quantized.Quantization, tensor.Shape) : null;
        var item = tensor.DType.ItemSize();
        var bytes = ArrayPool<byte>.Shared.Rent(BlockElements * item);
        var numbers = ArrayPool<double>.Shared.Rent(BlockElements * perElement);
        var moments = new Moments();
        try
        {
            for (var first = 0L; first < elements; first += BlockElements)
            {
                cancellation.ThrowIfCancellationRequested();
                var count = (int)Math.Min(BlockElements, elements - first);
                var block = bytes.AsSpan(0, count * item);
                data.CopyElements(first, block);
                var values = numbers.AsSpan(0, count * perElement);
                TensorNumbers.Decode(tensor.DType, block, values);
                dequantizer?.Apply(first, values);
                moments.Add(values);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
            ArrayPool<double>.Shared.Return(numbers);
        }

        return moments.Finish(repeats);
    }
}

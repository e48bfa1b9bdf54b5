using System.Buffers;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using ModelGate.Artifacts;
using ModelGate.Faults;
using ModelGate.Readers.Elements;

namespace ModelGate.Signals.Weights;

/// <summary>What the elements of a tensor amount to, over its finite numbers; complex numbers count as their two parts.</summary>
/// <param name="NaN">How many are not a number.</param>
/// <param name="Infinite">How many are infinite.</param>
/// <param name="Minimum">The smallest; null where no number is finite.</param>
/// <param name="Maximum">The largest.</param>
/// <param name="Mean">The arithmetic mean.</param>
/// <param name="StandardDeviation">The standard deviation of the population.</param>
internal sealed record TensorStatistics(long NaN, long Infinite, double? Minimum, double? Maximum, double? Mean, double? StandardDeviation)
{
    private const int BlockElements = 16 << 10;

    private const int SingleBlock = 64 << 10;

    /// <summary>Measures a tensor, reading its elements once and in blocks.</summary>
    /// <returns>Null where there is nothing to measure: the file holds no elements, or their type has no meaning as numbers.</returns>
    /// <exception cref="ArtifactFault">The file does not hold what its description promised.</exception>
    /// <exception cref="OperationCanceledException">The caller wants to stop.</exception>
    public static TensorStatistics? Measure(TensorEntry tensor, CancellationToken cancellation = default)
    {
        var perElement = TensorNumbers.PerElement(tensor.DType);
        if (tensor.Data is null or RefusedTensorData || perElement == 0)
        {
            return null;
        }

        // Sums do not care about the order, and an expanded tensor shows the same numbers many times.
        var (data, elements, repeats) = tensor.Data is IReorderable reorderable && tensor.Elements > 0
            ? reorderable.InStorageOrder()
            : new Reordered(tensor.Data, tensor.Elements, 1);
        if (tensor.Data is not IQuantizedData && tensor.DType is DType.Float32 or DType.Float16 or DType.BFloat16)
        {
            return MeasureSingles(data, tensor.DType, elements, repeats, cancellation);
        }

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

    /// <summary>Measures many tensors, several at a time.</summary>
    /// <returns>One entry a tensor, null where there is nothing to measure.</returns>
    /// <exception cref="ArtifactFault">A tensor cannot be read.</exception>
    /// <exception cref="OperationCanceledException">The caller wants to stop.</exception>
    public static IReadOnlyList<TensorStatistics?> MeasureAll(IReadOnlyList<TensorEntry> tensors, CancellationToken cancellation = default)
    {
        var measured = new TensorStatistics?[tensors.Count];
        try
        {
            Parallel.For(0, tensors.Count, new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount }, i => measured[i] = Measure(tensors[i], cancellation));
        }
        catch (AggregateException faults)
        {
            // Several tensors may be unreadable: the first is as telling as all of them.
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(faults.Flatten().InnerExceptions[0]);
        }

        return measured;
    }

    // Most weights: numbers that single precision holds exactly, measured in one pass where all of them are finite.
    private static TensorStatistics MeasureSingles(ITensorData data, DType dtype, long elements, long repeats, CancellationToken cancellation)
    {
        var item = dtype.ItemSize();
        var bytes = ArrayPool<byte>.Shared.Rent(SingleBlock * item);
        var singles = dtype == DType.Float32 ? [] : ArrayPool<float>.Shared.Rent(SingleBlock);
        var moments = new Moments();
        try
        {
            for (var first = 0L; first < elements; first += SingleBlock)
            {
                cancellation.ThrowIfCancellationRequested();
                var count = (int)Math.Min(SingleBlock, elements - first);
                var block = bytes.AsSpan(0, count * item);
                data.CopyElements(first, block);
                var values = Widen(block, dtype, singles.AsSpan(0, dtype == DType.Float32 ? 0 : count));
                if (!moments.TryAdd(values))
                {
                    moments.Add(Array.ConvertAll(values.ToArray(), value => (double)value));
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
            if (singles.Length > 0)
            {
                ArrayPool<float>.Shared.Return(singles);
            }
        }

        return moments.Finish(repeats);
    }

    private static ReadOnlySpan<float> Widen(ReadOnlySpan<byte> block, DType dtype, Span<float> singles)
    {
        switch (dtype)
        {
            case DType.Float16:
                TensorPrimitives.ConvertToSingle(MemoryMarshal.Cast<byte, Half>(block), singles);
                return singles;
            case DType.BFloat16:
                var halves = MemoryMarshal.Cast<byte, ushort>(block);
                for (var i = 0; i < halves.Length; i++)
                {
                    singles[i] = BitConverter.UInt32BitsToSingle((uint)halves[i] << 16);
                }

                return singles;
            default:
                return MemoryMarshal.Cast<byte, float>(block);
        }
    }
}

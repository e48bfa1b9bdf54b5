using System.Buffers;
using ModelGate.Artifacts;
using ModelGate.Faults;
using ModelGate.Readers.Elements;

namespace ModelGate.Signals.Weights;

/// <summary>How far two tensors of one shape differ, element by element, as numbers of double precision.</summary>
/// <param name="Elements">How many elements each has; a complex element counts as its two parts.</param>
/// <param name="Different">How many differ as numbers; a NaN equals a NaN.</param>
/// <param name="Maximum">The largest absolute difference; infinite where one side is not finite and the other is another number.</param>
/// <param name="Mean">The mean absolute difference over the elements that are finite on both sides.</param>
internal sealed record TensorDifference(long Elements, long Different, double Maximum, double Mean)
{
    private const int BlockElements = 16 << 10;

    /// <summary>Compares two tensors, reading each once and in blocks.</summary>
    /// <returns>Null where they cannot be compared: other shapes, no elements in the file, types without meaning as numbers.</returns>
    /// <exception cref="ArtifactFault">The file does not hold what its description promised.</exception>
    /// <exception cref="OperationCanceledException">The caller wants to stop.</exception>
    public static TensorDifference? Measure(TensorEntry left, TensorEntry right, CancellationToken cancellation = default)
    {
        var perElement = TensorNumbers.PerElement(left.DType);
        if (left.Data is null or RefusedTensorData || right.Data is null or RefusedTensorData || perElement == 0 || perElement != TensorNumbers.PerElement(right.DType) || !left.Shape.SequenceEqual(right.Shape))
        {
            return null;
        }

        var a = ArrayPool<double>.Shared.Rent(BlockElements * perElement);
        var b = ArrayPool<double>.Shared.Rent(BlockElements * perElement);
        var bytes = ArrayPool<byte>.Shared.Rent(BlockElements * Math.Max(left.DType.ItemSize(), right.DType.ItemSize()));
        var (different, finite, maximum, sum, repeats) = (0L, 0L, 0.0, 0.0, 1L);
        try
        {
            var pair = TensorPair.Of(left, right);
            repeats = pair.Repeats;
            for (var first = 0L; first < pair.Elements; first += BlockElements)
            {
                cancellation.ThrowIfCancellationRequested();
                var count = (int)Math.Min(BlockElements, pair.Elements - first);
                Read(left, pair.Left, first, count, bytes, a.AsSpan(0, count * perElement));
                Read(right, pair.Right, first, count, bytes, b.AsSpan(0, count * perElement));
                for (var i = 0; i < count * perElement; i++)
                {
                    var distance = Math.Abs(a[i] - b[i]);
                    if (double.IsFinite(distance))
                    {
                        finite++;
                        sum += distance;
                        maximum = Math.Max(maximum, distance);
                        different += distance > 0 ? 1 : 0;
                    }
                    else if (!a[i].Equals(b[i]))
                    {
                        different++;
                        maximum = double.PositiveInfinity;
                    }
                }
            }
        }
        finally
        {
            ArrayPool<double>.Shared.Return(a);
            ArrayPool<double>.Shared.Return(b);
            ArrayPool<byte>.Shared.Return(bytes);
        }

        return new TensorDifference(left.Elements * perElement, different * repeats, maximum, finite == 0 ? double.NaN : sum / finite);
    }

    private static void Read(TensorEntry tensor, ITensorData data, long first, int count, byte[] bytes, Span<double> numbers)
    {
        var block = bytes.AsSpan(0, count * tensor.DType.ItemSize());
        data.CopyElements(first, block);
        TensorNumbers.Decode(tensor.DType, block, numbers);
        if (tensor.Data is IQuantizedData quantized)
        {
            new Dequantizer(quantized.Quantization, tensor.Shape).Apply(first, numbers);
        }
    }
}

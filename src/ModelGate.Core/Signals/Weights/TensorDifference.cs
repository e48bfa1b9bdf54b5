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
    /// <summary>The narrower type of the two where every element of the one equals the other's rounded to it, as PyTorch's <c>half()</c> does; else null.</summary>
    public DType? RoundedTo { get; private init; }

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
        var narrow = left.DType == right.DType ? (DType?)null
            : ElementRounding.CanRound(right.DType, left.DType) && left.DType.ItemSize() < right.DType.ItemSize() ? left.DType
            : ElementRounding.CanRound(left.DType, right.DType) && right.DType.ItemSize() < left.DType.ItemSize() ? right.DType : null;
        var rounded = narrow is null ? [] : ArrayPool<byte>.Shared.Rent(BlockElements * (int)narrow.Value.ItemSize());
        var isRounding = narrow is not null;
        try
        {
            var pair = TensorPair.Of(left, right);
            repeats = pair.Repeats;
            for (var first = 0L; first < pair.Elements; first += BlockElements)
            {
                cancellation.ThrowIfCancellationRequested();
                var count = (int)Math.Min(BlockElements, pair.Elements - first);
                Read(left, pair.Left, first, count, bytes, a.AsSpan(0, count * perElement));
                if (narrow == right.DType)
                {
                    ElementRounding.Round(bytes.AsSpan(0, count * left.DType.ItemSize()), left.DType, rounded.AsSpan(0, count * right.DType.ItemSize()), right.DType);
                }
                else if (narrow == left.DType)
                {
                    bytes.AsSpan(0, count * left.DType.ItemSize()).CopyTo(rounded);
                }

                Read(right, pair.Right, first, count, bytes, b.AsSpan(0, count * perElement));
                isRounding = isRounding && IsRounded(left.DType, right.DType, narrow!.Value, bytes.AsSpan(0, count * right.DType.ItemSize()), rounded);
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
            if (narrow is not null)
            {
                ArrayPool<byte>.Shared.Return(rounded);
            }
        }

        return new TensorDifference(left.Elements * perElement, different * repeats, maximum, finite == 0 ? double.NaN : sum / finite) { RoundedTo = isRounding ? narrow : null };
    }

    // What stands in rounded is the left side in the narrow type; the right side is rounded to it where it is the wide one.
    private static bool IsRounded(DType left, DType right, DType narrow, ReadOnlySpan<byte> elements, ReadOnlySpan<byte> rounded)
    {
        if (narrow == right)
        {
            return ElementRounding.Difference(elements, rounded[..elements.Length], right).Equal * right.ItemSize() == elements.Length;
        }

        var count = elements.Length / right.ItemSize() * left.ItemSize();
        var buffer = ArrayPool<byte>.Shared.Rent(count);
        try
        {
            ElementRounding.Round(elements, right, buffer.AsSpan(0, count), left);
            return ElementRounding.Difference(buffer.AsSpan(0, count), rounded[..count], left).Equal * left.ItemSize() == count;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
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

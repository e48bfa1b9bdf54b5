using System.Buffers;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using ModelGate.Artifacts;

namespace ModelGate.Signals.Weights;

/// <summary>Counts the elements of a tensor that are not finite, or would not be in half precision, and whether it holds more than one number.</summary>
/// <param name="type">The element type.</param>
internal sealed class ElementCensus(DType type)
{
    private const float LargestHalf = 65504;

    // From here on a value is nearer to what would be the next number than to the largest: rounding makes it infinite.
    private const double FirstBeyondHalf = 65520;

    // 65280, the largest bfloat16 under that.
    private const ushort LargestBFloatInHalf = 0x477F;

    // Most tensors show two different numbers at once.
    private const int Chunk = 256;

    private double? number;
    private bool hasFiniteBesidesZero;
    private bool hasPositiveInfinity;
    private bool hasZero;

    /// <summary>How many elements are NaN.</summary>
    public long NaN { get; private set; }

    /// <summary>How many elements are infinite.</summary>
    public long Infinite { get; private set; }

    /// <summary>How many finite elements are beyond what float16 holds.</summary>
    public long BeyondHalf { get; private set; }

    /// <summary>Whether there are two different finite elements.</summary>
    public bool IsTelling { get; private set; }

    /// <summary>Whether its infinities are meant: an attention mask holds 0 and minus infinity, and nothing else.</summary>
    public bool IsMask => NaN == 0 && Infinite > 0 && hasZero && !hasFiniteBesidesZero && !hasPositiveInfinity;

    /// <summary>Takes the next elements; true where all of them are finite.</summary>
    public bool Add(ReadOnlySpan<byte> elements)
    {
        var isFinite = !NanBits.AnyNotFinite(elements, type);
        if (!IsTelling || !isFinite)
        {
            Look(elements, isFinite);
        }

        if (type is DType.Float32 or DType.Float64 or DType.BFloat16)
        {
            CountBeyondHalf(elements);
        }

        return isFinite;
    }

    private void Look(ReadOnlySpan<byte> elements, bool isFinite)
    {
        var perElement = TensorNumbers.PerElement(type);
        if (perElement == 0)
        {
            // Types without a meaning as numbers: packed blocks, of which no two are alike by chance.
            IsTelling |= elements.Length > 0 && elements.ContainsAnyExcept(elements[0]);
            return;
        }

        var item = type.ItemSize();
        var numbers = ArrayPool<double>.Shared.Rent(Chunk * perElement);
        try
        {
            for (var at = 0; at < elements.Length && !(isFinite && IsTelling); at += Chunk * item)
            {
                var block = elements.Slice(at, Math.Min(Chunk * item, elements.Length - at));
                var decoded = numbers.AsSpan(0, block.Length / item * perElement);
                TensorNumbers.Decode(type, block, decoded);
                foreach (var value in decoded)
                {
                    Count(value);
                }
            }
        }
        finally
        {
            ArrayPool<double>.Shared.Return(numbers);
        }
    }

    private void Count(double value)
    {
        if (double.IsNaN(value))
        {
            NaN++;
        }
        else if (double.IsInfinity(value))
        {
            Infinite++;
            hasPositiveInfinity |= value > 0;
        }
        else
        {
            hasZero |= value == 0;
            hasFiniteBesidesZero |= value != 0;
            IsTelling |= number is { } other && !other.Equals(value);
            number ??= value;
        }
    }

    private void CountBeyondHalf(ReadOnlySpan<byte> elements)
    {
        switch (type)
        {
            case DType.Float32:
                var singles = MemoryMarshal.Cast<byte, float>(elements);
                if (singles.IsEmpty || MathF.Abs(TensorPrimitives.MaxMagnitude(singles)) <= LargestHalf)
                {
                    return;
                }

                foreach (var value in singles)
                {
                    BeyondHalf += float.IsFinite(value) && Math.Abs((double)value) >= FirstBeyondHalf ? 1 : 0;
                }

                break;
            case DType.Float64:
                foreach (var value in MemoryMarshal.Cast<byte, double>(elements))
                {
                    BeyondHalf += double.IsFinite(value) && Math.Abs(value) >= FirstBeyondHalf ? 1 : 0;
                }

                break;
            default:
                if (!NanBits.AnyAbove(MemoryMarshal.Cast<byte, ushort>(elements), LargestBFloatInHalf))
                {
                    return;
                }

                foreach (var bits in MemoryMarshal.Cast<byte, ushort>(elements))
                {
                    var value = BitConverter.UInt32BitsToSingle((uint)bits << 16);
                    BeyondHalf += float.IsFinite(value) && Math.Abs((double)value) >= FirstBeyondHalf ? 1 : 0;
                }

                break;
        }
    }
}

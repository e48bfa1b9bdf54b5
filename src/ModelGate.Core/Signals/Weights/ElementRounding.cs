using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using ModelGate.Artifacts;

namespace ModelGate.Signals.Weights;

/// <summary>Converts elements of one type to another as PyTorch's <c>Tensor.to</c> does: to nearest, ties to even.</summary>
internal static class ElementRounding
{
    /// <summary>Whether an export converts between two types.</summary>
    public static bool CanRound(DType from, DType to) => Round([], from, [], to);

    /// <summary>Converts little-endian elements; false where no export converts between these types.</summary>
    public static bool Round(ReadOnlySpan<byte> source, DType from, Span<byte> destination, DType to)
    {
        if (from == to)
        {
            source.CopyTo(destination);
            return true;
        }

        switch (from, to)
        {
            case (DType.Float32, DType.Float16):
                TensorPrimitives.ConvertToHalf(MemoryMarshal.Cast<byte, float>(source), MemoryMarshal.Cast<byte, Half>(destination));
                return true;
            case (DType.Float32, DType.BFloat16):
                ToBFloat16(MemoryMarshal.Cast<byte, uint>(source), MemoryMarshal.Cast<byte, ushort>(destination));
                return true;
            case (DType.Float16, DType.Float32):
                TensorPrimitives.ConvertToSingle(MemoryMarshal.Cast<byte, Half>(source), MemoryMarshal.Cast<byte, float>(destination));
                return true;
            case (DType.BFloat16, DType.Float32):
                Convert<ushort, uint>(source, destination, static bits => (uint)bits << 16);
                return true;
            case (DType.BFloat16, DType.Float16):
                Convert<ushort, Half>(source, destination, static bits => (Half)BitConverter.UInt32BitsToSingle((uint)bits << 16));
                return true;
            case (DType.Float64, DType.Float32):
                Convert<double, float>(source, destination, static value => (float)value);
                return true;
            case (DType.Float64, DType.Float16):
                // c10::Half is made of a float, so PyTorch rounds twice (c10/util/TypeCast.h).
                Convert<double, Half>(source, destination, static value => (Half)(float)value);
                return true;
            default:
                return false;
        }
    }

    /// <summary>How many elements of one type are equal, bit for bit or both NaN, and the sum of the absolute differences of the others.</summary>
    public static (long Equal, double Distance) Difference(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right, DType dtype) => dtype switch
    {
        DType.Float16 => Difference<Half, ushort>(left, right, static x => (double)x),
        DType.Float32 => Difference<float, uint>(left, right, static x => x),
        DType.Float64 => Difference<double, ulong>(left, right, static x => x),
        DType.BFloat16 => Difference<ushort, ushort>(left, right, static x => BitConverter.UInt32BitsToSingle((uint)x << 16)),
        DType.Int64 => Difference<long, ulong>(left, right, static x => x),
        DType.Int32 => Difference<int, uint>(left, right, static x => x),
        _ => DifferenceOfItems(left, right, dtype.ItemSize()),
    };

    /// <summary>
    /// How many elements are equal but for the rounding of a computation in single precision, and the sum of the absolute differences of the
    /// others: training moves a weight by thousands of times as much.
    /// </summary>
    public static (long Equal, double Distance) Nearly(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right, DType dtype)
    {
        var (relative, absolute) = dtype switch
        {
            DType.Float16 => (Math.ScaleB(1, -10), Math.ScaleB(1, -24)),
            DType.BFloat16 => (Math.ScaleB(1, -7), 1e-12),
            _ => (Math.ScaleB(1, -18), 1e-12),
        };
        var item = dtype.ItemSize();
        if (dtype is not (DType.Float16 or DType.BFloat16 or DType.Float32 or DType.Float64))
        {
            return DifferenceOfItems(left, right, item);
        }

        var count = left.Length / item;
        var a = new double[count];
        var b = new double[count];
        TensorNumbers.Decode(dtype, left, a);
        TensorNumbers.Decode(dtype, right, b);
        var equal = 0L;
        var distance = 0.0;
        for (var i = 0; i < count; i++)
        {
            if (a[i].Equals(b[i]) || Math.Abs(a[i] - b[i]) <= (relative * Math.Max(Math.Abs(a[i]), Math.Abs(b[i]))) + absolute)
            {
                equal++;
            }
            else if (double.IsFinite(a[i] - b[i]))
            {
                distance += Math.Abs(a[i] - b[i]);
            }
        }

        return (equal, distance);
    }

    private static (long Equal, double Distance) Difference<T, TBits>(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right, Func<T, double> value)
        where T : unmanaged
        where TBits : unmanaged, IEquatable<TBits>
    {
        var a = MemoryMarshal.Cast<byte, T>(left);
        var b = MemoryMarshal.Cast<byte, T>(right);
        var bitsOfA = MemoryMarshal.Cast<byte, TBits>(left);
        var bitsOfB = MemoryMarshal.Cast<byte, TBits>(right);
        var equal = 0L;
        var distance = 0.0;
        for (var i = 0; i < a.Length; i++)
        {
            if (bitsOfA[i].Equals(bitsOfB[i]))
            {
                equal++;
                continue;
            }

            var (x, y) = (value(a[i]), value(b[i]));
            if (double.IsNaN(x) && double.IsNaN(y))
            {
                equal++;
            }
            else if (double.IsFinite(x - y))
            {
                distance += Math.Abs(x - y);
            }
        }

        return (equal, distance);
    }

    private static (long Equal, double Distance) DifferenceOfItems(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right, int itemSize)
    {
        var equal = 0L;
        for (var i = 0; i < left.Length; i += itemSize)
        {
            equal += left.Slice(i, itemSize).SequenceEqual(right.Slice(i, itemSize)) ? 1 : 0;
        }

        return (equal, double.NaN);
    }

    private static void Convert<TFrom, TTo>(ReadOnlySpan<byte> source, Span<byte> destination, Func<TFrom, TTo> convert)
        where TFrom : unmanaged
        where TTo : unmanaged
    {
        var from = MemoryMarshal.Cast<byte, TFrom>(source);
        var to = MemoryMarshal.Cast<byte, TTo>(destination);
        for (var i = 0; i < from.Length; i++)
        {
            to[i] = convert(from[i]);
        }
    }

    // Adding 0x7FFF and the lowest kept bit carries into the upper half exactly when rounding to nearest even goes up.
    private static void ToBFloat16(ReadOnlySpan<uint> source, Span<ushort> destination)
    {
        for (var i = 0; i < source.Length; i++)
        {
            var bits = source[i];
            destination[i] = float.IsNaN(BitConverter.UInt32BitsToSingle(bits))
                ? (ushort)0x7FC0
                : (ushort)((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16);
        }
    }
}

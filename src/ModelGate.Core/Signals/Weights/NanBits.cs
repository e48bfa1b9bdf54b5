using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using ModelGate.Artifacts;

namespace ModelGate.Signals.Weights;

/// <summary>The many bit patterns of NaN.</summary>
internal static class NanBits
{
    private const ushort HalfMagnitude = 0x7FFF;
    private const ushort HalfInfinity = 0x7C00;
    private const ushort BFloatInfinity = 0x7F80;

    /// <summary>Whether an element is NaN; false for types that have none.</summary>
    public static bool AnyIn(ReadOnlySpan<byte> elements, DType dtype) => dtype switch
    {
        DType.Float32 => TensorPrimitives.IsNaNAny(MemoryMarshal.Cast<byte, float>(elements)),
        DType.Float64 => TensorPrimitives.IsNaNAny(MemoryMarshal.Cast<byte, double>(elements)),
        DType.Float16 => AnyAbove(MemoryMarshal.Cast<byte, ushort>(elements), HalfInfinity),
        DType.BFloat16 => AnyAbove(MemoryMarshal.Cast<byte, ushort>(elements), BFloatInfinity),
        _ => false,
    };

    /// <summary>Whether an element may be NaN or infinite: told for the types of most weights, and not ruled out for small floats.</summary>
    public static bool AnyNotFinite(ReadOnlySpan<byte> elements, DType dtype) => dtype switch
    {
        DType.Float32 or DType.Complex64 => !TensorPrimitives.IsFiniteAll(MemoryMarshal.Cast<byte, float>(elements)),
        DType.Float64 or DType.Complex128 => !TensorPrimitives.IsFiniteAll(MemoryMarshal.Cast<byte, double>(elements)),
        DType.Float16 or DType.Complex32 => AnyAbove(MemoryMarshal.Cast<byte, ushort>(elements), HalfInfinity - 1),
        DType.BFloat16 => AnyAbove(MemoryMarshal.Cast<byte, ushort>(elements), BFloatInfinity - 1),
        DType.Float8E5M2 or DType.Float8E4M3FN or DType.Float8E5M2FNUZ or DType.Float8E4M3FNUZ or DType.Float8E8M0FNU => true,
        _ => false,
    };

    /// <summary>Gives every NaN the same bits.</summary>
    public static void MakeAlike(Span<byte> elements, DType dtype)
    {
        switch (dtype)
        {
            case DType.Float32:
                foreach (ref var value in MemoryMarshal.Cast<byte, float>(elements))
                {
                    value = float.IsNaN(value) ? float.NaN : value;
                }

                break;
            case DType.Float64:
                foreach (ref var value in MemoryMarshal.Cast<byte, double>(elements))
                {
                    value = double.IsNaN(value) ? double.NaN : value;
                }

                break;
            case DType.Float16 or DType.BFloat16:
                var infinity = dtype == DType.Float16 ? HalfInfinity : BFloatInfinity;
                foreach (ref var bits in MemoryMarshal.Cast<byte, ushort>(elements))
                {
                    bits = (bits & HalfMagnitude) > infinity ? HalfMagnitude : bits;
                }

                break;
        }
    }

    /// <summary>Whether the magnitude of 16 bits is above a limit, whatever the sign.</summary>
    public static bool AnyAbove(ReadOnlySpan<ushort> bits, ushort infinity)
    {
        var i = 0;
        var magnitude = new Vector<ushort>(HalfMagnitude);
        var limit = new Vector<ushort>(infinity);
        for (; i <= bits.Length - Vector<ushort>.Count; i += Vector<ushort>.Count)
        {
            if (Vector.GreaterThanAny(new Vector<ushort>(bits[i..]) & magnitude, limit))
            {
                return true;
            }
        }

        for (; i < bits.Length; i++)
        {
            if ((bits[i] & HalfMagnitude) > infinity)
            {
                return true;
            }
        }

        return false;
    }
}

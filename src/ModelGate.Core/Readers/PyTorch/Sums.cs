using System.Numerics.Tensors;
using ModelGate.Artifacts;
using ModelGate.Faults;
using static System.Runtime.InteropServices.MemoryMarshal;

namespace ModelGate.Readers.PyTorch;

/// <summary>Adds elements in their own type.</summary>
internal static class Sums
{
    /// <summary>Adds the second elements to the first.</summary>
    public static void Add(Span<byte> to, ReadOnlySpan<byte> from, DType type)
    {
        switch (type)
        {
            case DType.Float64 or DType.Complex128: TensorPrimitives.Add(Cast<byte, double>(to), Cast<byte, double>(from), Cast<byte, double>(to)); break;
            case DType.Float32 or DType.Complex64: TensorPrimitives.Add(Cast<byte, float>(to), Cast<byte, float>(from), Cast<byte, float>(to)); break;
            case DType.Float16 or DType.Complex32: TensorPrimitives.Add(Cast<byte, Half>(to), Cast<byte, Half>(from), Cast<byte, Half>(to)); break;
            case DType.Int64 or DType.UInt64: TensorPrimitives.Add(Cast<byte, long>(to), Cast<byte, long>(from), Cast<byte, long>(to)); break;
            case DType.Int32 or DType.UInt32: TensorPrimitives.Add(Cast<byte, int>(to), Cast<byte, int>(from), Cast<byte, int>(to)); break;
            case DType.Int16 or DType.UInt16: TensorPrimitives.Add(Cast<byte, short>(to), Cast<byte, short>(from), Cast<byte, short>(to)); break;
            case DType.Int8 or DType.UInt8: TensorPrimitives.Add(Cast<byte, sbyte>(to), Cast<byte, sbyte>(from), Cast<byte, sbyte>(to)); break;
            case DType.Bool: Or(to, from); break;
            case DType.BFloat16: AddBFloat16(to, from); break;
            default: throw new ArtifactFault(FaultReason.SparseIndex, SafeText.Of($"a sparse tensor of {type.Name()} gives an index twice"));
        }
    }

    private static void AddBFloat16(Span<byte> to, ReadOnlySpan<byte> from)
    {
        var sum = Cast<byte, ushort>(to);
        var more = Cast<byte, ushort>(from);
        for (var i = 0; i < sum.Length; i++)
        {
            var bits = BitConverter.SingleToUInt32Bits(BitConverter.UInt32BitsToSingle((uint)sum[i] << 16) + BitConverter.UInt32BitsToSingle((uint)more[i] << 16));
            // Rounds to the nearest, to the even one of two.
            sum[i] = (ushort)((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16);
        }
    }

    private static void Or(Span<byte> to, ReadOnlySpan<byte> from)
    {
        for (var i = 0; i < to.Length; i++)
        {
            to[i] |= from[i];
        }
    }
}

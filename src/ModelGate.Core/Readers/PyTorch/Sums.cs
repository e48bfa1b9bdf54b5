using System.Numerics;
using System.Runtime.InteropServices;
using ModelGate.Artifacts;

namespace ModelGate.Readers.PyTorch;

/// <summary>Adds elements in their own type.</summary>
internal static class Sums
{
    /// <summary>Adds the second elements to the first.</summary>
    public static void Add(Span<byte> to, ReadOnlySpan<byte> from, DType type)
    {
        switch (type)
        {
            case DType.Float64 or DType.Complex128: Add<double>(to, from); break;
            case DType.Float32 or DType.Complex64: Add<float>(to, from); break;
            case DType.Float16 or DType.Complex32: Add<Half>(to, from); break;
            case DType.Int64 or DType.UInt64: Add<long>(to, from); break;
            case DType.Int32 or DType.UInt32: Add<int>(to, from); break;
            case DType.Int16 or DType.UInt16: Add<short>(to, from); break;
            case DType.Int8 or DType.UInt8: Add<sbyte>(to, from); break;
            case DType.Bool: Or(to, from); break;
            case DType.BFloat16: AddBFloat16(to, from); break;
            default: throw new ArtifactFormatException("sparse-index", SafeText.Of($"a sparse tensor of {type.Name()} gives an index twice"));
        }
    }

    private static void Add<T>(Span<byte> to, ReadOnlySpan<byte> from)
        where T : unmanaged, IAdditionOperators<T, T, T>
    {
        var sum = MemoryMarshal.Cast<byte, T>(to);
        var more = MemoryMarshal.Cast<byte, T>(from);
        for (var i = 0; i < sum.Length; i++)
        {
            sum[i] = unchecked(sum[i] + more[i]);
        }
    }

    private static void AddBFloat16(Span<byte> to, ReadOnlySpan<byte> from)
    {
        var sum = MemoryMarshal.Cast<byte, ushort>(to);
        var more = MemoryMarshal.Cast<byte, ushort>(from);
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

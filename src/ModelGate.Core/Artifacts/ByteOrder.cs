using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace ModelGate.Artifacts;

/// <summary>Turns big-endian numbers into little-endian ones.</summary>
internal static class ByteOrder
{
    /// <summary>The length of what is swapped: the two parts of a complex number each for themselves.</summary>
    public static int Unit(DType type) => type is DType.Complex32 or DType.Complex64 or DType.Complex128 ? type.ItemSize() / 2 : type.ItemSize();

    /// <summary>Reverses the bytes of every number in place.</summary>
    public static void Swap(Span<byte> bytes, int unit)
    {
        switch (unit)
        {
            case 2:
                var shorts = MemoryMarshal.Cast<byte, ushort>(bytes);
                BinaryPrimitives.ReverseEndianness(shorts, shorts);
                break;
            case 4:
                var ints = MemoryMarshal.Cast<byte, uint>(bytes);
                BinaryPrimitives.ReverseEndianness(ints, ints);
                break;
            case 8:
                var longs = MemoryMarshal.Cast<byte, ulong>(bytes);
                BinaryPrimitives.ReverseEndianness(longs, longs);
                break;
        }
    }
}

using System.Numerics.Tensors;
using ModelGate.Artifacts;
using static System.Runtime.InteropServices.MemoryMarshal;

namespace ModelGate.Readers.Elements;

/// <summary>The two lazy bits of a tensor: conjugated and negated numbers are stored as they were before.</summary>
internal static class Signs
{
    /// <summary>Turns the signs in place.</summary>
    public static void Apply(Span<byte> elements, DType type, bool conjugated, bool negated)
    {
        var isComplex = type is DType.Complex32 or DType.Complex64 or DType.Complex128;
        if (!negated && !(conjugated && isComplex))
        {
            return;
        }

        switch (type)
        {
            case DType.Int8 or DType.UInt8:
                TensorPrimitives.Negate(Cast<byte, sbyte>(elements), Cast<byte, sbyte>(elements));
                return;
            case DType.Int16:
                TensorPrimitives.Negate(Cast<byte, short>(elements), Cast<byte, short>(elements));
                return;
            case DType.Int32:
                TensorPrimitives.Negate(Cast<byte, int>(elements), Cast<byte, int>(elements));
                return;
            case DType.Int64:
                TensorPrimitives.Negate(Cast<byte, long>(elements), Cast<byte, long>(elements));
                return;
        }

        // The sign of a float is the highest bit of its last byte.
        var unit = ByteOrder.Unit(type);
        for (var at = 0; at < elements.Length; at += unit)
        {
            var imaginary = isComplex && at / unit % 2 == 1;
            if (negated ^ (conjugated && imaginary))
            {
                elements[at + unit - 1] ^= 0x80;
            }
        }
    }
}

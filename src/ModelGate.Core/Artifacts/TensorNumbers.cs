using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace ModelGate.Artifacts;

/// <summary>Turns elements into numbers of double precision.</summary>
internal static class TensorNumbers
{
    private static readonly double[] Float8E5M2 = Table(code => (double)BitConverter.UInt16BitsToHalf((ushort)(code << 8)));
    private static readonly double[] Float8E4M3FN = Table(code => (code & 0x7F) == 0x7F ? double.NaN : Small(code, 3, 7));
    private static readonly double[] Float8E5M2FNUZ = Table(code => code == 0x80 ? double.NaN : Small(code, 2, 16));
    private static readonly double[] Float8E4M3FNUZ = Table(code => code == 0x80 ? double.NaN : Small(code, 3, 8));
    private static readonly double[] Float8E8M0FNU = Table(code => code == 0xFF ? double.NaN : Math.ScaleB(1, code - 127));

    private static readonly double[] Float4E2M1FN = Table(code => Tiny(code & 0xF, 4, 1, 1));
    private static readonly double[] Float6E2M3FN = Table(code => Tiny(code & 0x3F, 6, 3, 1));
    private static readonly double[] Float6E3M2FN = Table(code => Tiny(code & 0x3F, 6, 2, 3));
    private static readonly double[] Int4 = Table(code => (sbyte)(code << 4) >> 4);
    private static readonly double[] Int2 = Table(code => (sbyte)(code << 6) >> 6);

    /// <summary>How many numbers an element is: 2 for complex ones, 0 for types that have no meaning as numbers.</summary>
    public static int PerElement(DType type) => type switch
    {
        DType.Complex32 or DType.Complex64 or DType.Complex128 => 2,
        DType.Bits1x8 or DType.Bits2x4 or DType.Bits4x2 or DType.Bits8 or DType.Bits16 or DType.Float4E2M1FNx2 or DType.String => 0,
        _ when type.IsListedOnly() => 0,
        _ => 1,
    };

    /// <summary>Decodes little-endian elements; <paramref name="numbers"/> has room for <see cref="PerElement"/> numbers each.</summary>
    /// <exception cref="NotSupportedException">The type has no meaning as numbers.</exception>
    public static void Decode(DType type, ReadOnlySpan<byte> elements, Span<double> numbers)
    {
        switch (type)
        {
            case DType.Float64 or DType.Complex128 or DType.Float128: MemoryMarshal.Cast<byte, double>(elements).CopyTo(numbers); break;
            case DType.Float32 or DType.Complex64: TensorPrimitives.ConvertChecked(MemoryMarshal.Cast<byte, float>(elements), numbers); break;
            case DType.Float16 or DType.Complex32: TensorPrimitives.ConvertChecked(MemoryMarshal.Cast<byte, Half>(elements), numbers); break;
            case DType.BFloat16: DecodeBFloat16(MemoryMarshal.Cast<byte, ushort>(elements), numbers); break;
            case DType.Int64: TensorPrimitives.ConvertChecked(MemoryMarshal.Cast<byte, long>(elements), numbers); break;
            case DType.Int32 or DType.QInt32: TensorPrimitives.ConvertChecked(MemoryMarshal.Cast<byte, int>(elements), numbers); break;
            case DType.Int16: TensorPrimitives.ConvertChecked(MemoryMarshal.Cast<byte, short>(elements), numbers); break;
            case DType.Int8 or DType.QInt8: TensorPrimitives.ConvertChecked(MemoryMarshal.Cast<byte, sbyte>(elements), numbers); break;
            case DType.UInt64: TensorPrimitives.ConvertChecked(MemoryMarshal.Cast<byte, ulong>(elements), numbers); break;
            case DType.UInt32: TensorPrimitives.ConvertChecked(MemoryMarshal.Cast<byte, uint>(elements), numbers); break;
            case DType.UInt16: TensorPrimitives.ConvertChecked(MemoryMarshal.Cast<byte, ushort>(elements), numbers); break;
            case DType.UInt8 or DType.QUInt8 or DType.QUInt4x2 or DType.QUInt2x4 or DType.UInt4 or DType.UInt2: TensorPrimitives.ConvertChecked(elements, numbers); break;
            case DType.Bool: DecodeBool(elements, numbers); break;
            case DType.Float8E5M2: LookUp(Float8E5M2, elements, numbers); break;
            case DType.Float8E4M3FN: LookUp(Float8E4M3FN, elements, numbers); break;
            case DType.Float8E5M2FNUZ: LookUp(Float8E5M2FNUZ, elements, numbers); break;
            case DType.Float8E4M3FNUZ: LookUp(Float8E4M3FNUZ, elements, numbers); break;
            case DType.Float8E8M0FNU: LookUp(Float8E8M0FNU, elements, numbers); break;
            case DType.Float4E2M1FN: LookUp(Float4E2M1FN, elements, numbers); break;
            case DType.Float6E2M3FN: LookUp(Float6E2M3FN, elements, numbers); break;
            case DType.Float6E3M2FN: LookUp(Float6E3M2FN, elements, numbers); break;
            case DType.Int4: LookUp(Int4, elements, numbers); break;
            case DType.Int2: LookUp(Int2, elements, numbers); break;
            case var block when block.IsBlockwise(): TensorPrimitives.ConvertChecked(MemoryMarshal.Cast<byte, float>(elements), numbers); break;
            default: throw new NotSupportedException($"{type.Name()} has no meaning as numbers");
        }
    }

    private static double[] Table(Func<int, double> decode) => [.. Enumerable.Range(0, 256).Select(decode)];

    private static double Small(int code, int mantissaBits, int bias)
    {
        var mantissa = code & ((1 << mantissaBits) - 1);
        var exponent = (code & 0x7F) >> mantissaBits;
        var magnitude = exponent == 0
            ? Math.ScaleB(mantissa, 1 - bias - mantissaBits)
            : Math.ScaleB((1 << mantissaBits) + mantissa, exponent - bias - mantissaBits);
        return (code & 0x80) == 0 ? magnitude : -magnitude;
    }

    // The floats below eight bits have the sign in their own highest bit, and neither infinity nor NaN.
    private static double Tiny(int code, int bits, int mantissaBits, int bias)
        => Small((code & ((1 << (bits - 1)) - 1)) | (code >> (bits - 1) << 7), mantissaBits, bias);

    private static void LookUp(double[] table, ReadOnlySpan<byte> codes, Span<double> numbers)
    {
        for (var i = 0; i < codes.Length; i++)
        {
            numbers[i] = table[codes[i]];
        }
    }

    private static void DecodeBool(ReadOnlySpan<byte> elements, Span<double> numbers)
    {
        for (var i = 0; i < elements.Length; i++)
        {
            numbers[i] = elements[i] == 0 ? 0 : 1;
        }
    }

    private static void DecodeBFloat16(ReadOnlySpan<ushort> elements, Span<double> numbers)
    {
        for (var i = 0; i < elements.Length; i++)
        {
            numbers[i] = BitConverter.UInt32BitsToSingle((uint)elements[i] << 16);
        }
    }
}

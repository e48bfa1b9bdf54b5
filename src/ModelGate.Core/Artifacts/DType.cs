namespace ModelGate.Artifacts;

/// <summary>An element type, by PyTorch's name for it.</summary>
public enum DType
{
    /// <summary>Unsigned 8-bit integer.</summary>
    UInt8,

    /// <summary>Signed 8-bit integer.</summary>
    Int8,

    /// <summary>Signed 16-bit integer.</summary>
    Int16,

    /// <summary>Signed 32-bit integer.</summary>
    Int32,

    /// <summary>Signed 64-bit integer.</summary>
    Int64,

    /// <summary>Unsigned 16-bit integer.</summary>
    UInt16,

    /// <summary>Unsigned 32-bit integer.</summary>
    UInt32,

    /// <summary>Unsigned 64-bit integer.</summary>
    UInt64,

    /// <summary>IEEE 754 binary16.</summary>
    Float16,

    /// <summary>IEEE 754 binary32.</summary>
    Float32,

    /// <summary>IEEE 754 binary64.</summary>
    Float64,

    /// <summary>The upper half of a binary32.</summary>
    BFloat16,

    /// <summary>Two binary16 numbers.</summary>
    Complex32,

    /// <summary>Two binary32 numbers.</summary>
    Complex64,

    /// <summary>Two binary64 numbers.</summary>
    Complex128,

    /// <summary>One byte, zero or one.</summary>
    Bool,

    /// <summary>Quantized, signed 8-bit.</summary>
    QInt8,

    /// <summary>Quantized, unsigned 8-bit.</summary>
    QUInt8,

    /// <summary>Quantized, signed 32-bit.</summary>
    QInt32,

    /// <summary>Quantized, two values a byte.</summary>
    QUInt4x2,

    /// <summary>Quantized, four values a byte.</summary>
    QUInt2x4,

    /// <summary>8-bit float, 5 exponent and 2 mantissa bits.</summary>
    Float8E5M2,

    /// <summary>8-bit float, 4 exponent and 3 mantissa bits, no infinity.</summary>
    Float8E4M3FN,

    /// <summary>8-bit float, 5 exponent and 2 mantissa bits, no negative zero.</summary>
    Float8E5M2FNUZ,

    /// <summary>8-bit float, 4 exponent and 3 mantissa bits, no negative zero.</summary>
    Float8E4M3FNUZ,

    /// <summary>8-bit power of two.</summary>
    Float8E8M0FNU,

    /// <summary>Two 4-bit floats a byte.</summary>
    Float4E2M1FNx2,

    /// <summary>Eight one-bit values a byte, uninterpreted.</summary>
    Bits1x8,

    /// <summary>Four two-bit values a byte, uninterpreted.</summary>
    Bits2x4,

    /// <summary>Two four-bit values a byte, uninterpreted.</summary>
    Bits4x2,

    /// <summary>Eight uninterpreted bits.</summary>
    Bits8,

    /// <summary>Sixteen uninterpreted bits.</summary>
    Bits16,
}

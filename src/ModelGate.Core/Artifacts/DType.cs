namespace ModelGate.Artifacts;

/// <summary>An element type, by PyTorch's name for it.</summary>
internal enum DType
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

    /// <summary>Signed 4-bit integer; read as one byte each.</summary>
    Int4,

    /// <summary>Unsigned 4-bit integer; read as one byte each.</summary>
    UInt4,

    /// <summary>Signed 2-bit integer; read as one byte each.</summary>
    Int2,

    /// <summary>Unsigned 2-bit integer; read as one byte each.</summary>
    UInt2,

    /// <summary>4-bit float, 2 exponent and 1 mantissa bits; read as one byte each.</summary>
    Float4E2M1FN,

    /// <summary>6-bit float, 2 exponent and 3 mantissa bits; read as one byte each.</summary>
    Float6E2M3FN,

    /// <summary>6-bit float, 3 exponent and 2 mantissa bits; read as one byte each.</summary>
    Float6E3M2FN,

    /// <summary>The 80-bit extended float of x86, which NumPy stores in 16 bytes; read as a binary64.</summary>
    Float128,

    /// <summary>Texts of any length: no numbers.</summary>
    String,

    /// <summary>GGUF: blocks of 32, 4 bits and a scale. Like all of GGUF's block types it is read as binary32 numbers.</summary>
    Q4_0,

    /// <summary>GGUF: blocks of 32, 4 bits, scale and minimum.</summary>
    Q4_1,

    /// <summary>GGUF: blocks of 32, 5 bits and a scale.</summary>
    Q5_0,

    /// <summary>GGUF: blocks of 32, 5 bits, scale and minimum.</summary>
    Q5_1,

    /// <summary>GGUF: blocks of 32, 8 bits and a scale.</summary>
    Q8_0,

    /// <summary>GGUF: blocks of 256, 2 bits, scales and minima of groups of 16.</summary>
    Q2_K,

    /// <summary>GGUF: blocks of 256, 3 bits, scales of groups of 16.</summary>
    Q3_K,

    /// <summary>GGUF: blocks of 256, 4 bits, scales and minima of groups of 32.</summary>
    Q4_K,

    /// <summary>GGUF: blocks of 256, 5 bits, scales and minima of groups of 32.</summary>
    Q5_K,

    /// <summary>GGUF: blocks of 256, 6 bits, scales of groups of 16.</summary>
    Q6_K,

    /// <summary>GGUF: blocks of 32, 4 bits that index sixteen uneven levels.</summary>
    IQ4_NL,

    /// <summary>GGUF: blocks of 256, 4 bits that index sixteen uneven levels, scales of groups of 32.</summary>
    IQ4_XS,

    /// <summary>GGUF: blocks of 256, five ternary digits a byte.</summary>
    TQ1_0,

    /// <summary>GGUF: blocks of 256, four ternary digits a byte.</summary>
    TQ2_0,

    /// <summary>GGUF: blocks of 32 four-bit floats under a power of two.</summary>
    MXFP4,

    /// <summary>GGUF: blocks of 64 four-bit floats under an 8-bit float for every 16.</summary>
    NVFP4,

    /// <summary>GGUF: blocks of 128 signs and a scale.</summary>
    Q1_0,

    /// <summary>GGUF: blocks of 64, 2 bits and a scale; listed only.</summary>
    Q2_0,

    /// <summary>GGUF: 8 bits for products within a computation; listed only.</summary>
    Q8_1,

    /// <summary>GGUF: 8 bits for products within a computation; listed only.</summary>
    Q8_K,

    /// <summary>GGUF: about 1.5 bits, indices into a codebook; listed only.</summary>
    IQ1_S,

    /// <summary>GGUF: about 1.75 bits, indices into a codebook; listed only.</summary>
    IQ1_M,

    /// <summary>GGUF: about 2 bits, indices into a codebook; listed only.</summary>
    IQ2_XXS,

    /// <summary>GGUF: about 2.3 bits, indices into a codebook; listed only.</summary>
    IQ2_XS,

    /// <summary>GGUF: about 2.5 bits, indices into a codebook; listed only.</summary>
    IQ2_S,

    /// <summary>GGUF: about 3 bits, indices into a codebook; listed only.</summary>
    IQ3_XXS,

    /// <summary>GGUF: about 3.4 bits, indices into a codebook; listed only.</summary>
    IQ3_S,
}

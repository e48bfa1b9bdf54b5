using System.Buffers.Binary;

namespace ModelGate.Readers.Gguf;

/// <summary>Blocks whose four bits are an index into sixteen levels.</summary>
internal static class LevelBlocks
{
    // ggml's uneven levels for normally distributed weights.
    private static ReadOnlySpan<sbyte> Uneven => [-127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113];

    // The numbers of a float with two exponent bits and one mantissa bit.
    private static ReadOnlySpan<float> Float4 => [0, 0.5f, 1, 1.5f, 2, 3, 4, 6, 0, -0.5f, -1, -1.5f, -2, -3, -4, -6];

    /// <summary>32 values under one binary16 scale.</summary>
    public static void IQ4_NL(ReadOnlySpan<byte> block, Span<float> numbers)
    {
        var scale = PlainBlocks.Scale(block);
        for (var i = 0; i < numbers.Length; i++)
        {
            numbers[i] = scale * Uneven[Nibble(block[2..], i, 16)];
        }
    }

    /// <summary>Eight groups of 32, each with a scale of six bits: [scale][upper bits of the scales 2][lower bits 4][values 128].</summary>
    public static void IQ4_XS(ReadOnlySpan<byte> block, Span<float> numbers)
    {
        var scale = PlainBlocks.Scale(block);
        var upper = BinaryPrimitives.ReadUInt16LittleEndian(block[2..]);
        for (var i = 0; i < numbers.Length; i++)
        {
            var group = i / 32;
            var bits = ((block[4 + (group / 2)] >> (group % 2 * 4)) & 0xF) | (((upper >> (2 * group)) & 3) << 4);
            numbers[i] = scale * (bits - 32) * Uneven[Nibble(block[(8 + (group * 16))..], i % 32, 16)];
        }
    }

    /// <summary>OCP's microscaling format: 32 values under a power of two.</summary>
    public static void MXFP4(ReadOnlySpan<byte> block, Span<float> numbers)
    {
        var scale = MathF.ScaleB(1, block[0] - 127);
        for (var i = 0; i < numbers.Length; i++)
        {
            numbers[i] = scale * Float4[Nibble(block[1..], i, 16)];
        }
    }

    /// <summary>NVIDIA's format: four groups of 16, each under an unsigned float with four exponent and three mantissa bits.</summary>
    public static void NVFP4(ReadOnlySpan<byte> block, Span<float> numbers)
    {
        for (var i = 0; i < numbers.Length; i++)
        {
            var group = i / 16;
            numbers[i] = Unsigned8(block[group]) * Float4[Nibble(block[(4 + (group * 8))..], i % 16, 8)];
        }
    }

    // The highest code and zero both mean nothing.
    private static float Unsigned8(int code)
    {
        var (exponent, mantissa) = ((code >> 3) & 0xF, code & 7);
        return code is 0 or 0x7F ? 0 : exponent == 0 ? MathF.ScaleB(mantissa, -9) : MathF.ScaleB(8 + mantissa, exponent - 10);
    }

    private static int Nibble(ReadOnlySpan<byte> values, int index, int half) => (values[index % half] >> (index / half * 4)) & 0xF;
}

using System.Buffers.Binary;

namespace ModelGate.Readers.Gguf;

/// <summary>Blocks with one scale, and perhaps one minimum: value = scale × integer (+ minimum).</summary>
/// <remarks>
/// Layout of ggml: scale (binary16), minimum (binary16) where there is one, the fifth bits of 32 values where there are five, then two
/// values a byte: the first half of the block in the low nibbles, the second in the high ones.
/// </remarks>
internal static class PlainBlocks
{
    private const int Half = 16;

    /// <summary>Four bits around zero.</summary>
    public static void Q4_0(ReadOnlySpan<byte> block, Span<float> numbers)
    {
        var scale = Scale(block);
        for (var i = 0; i < Half; i++)
        {
            numbers[i] = ((block[2 + i] & 0xF) - 8) * scale;
            numbers[i + Half] = ((block[2 + i] >> 4) - 8) * scale;
        }
    }

    /// <summary>Four bits above a minimum.</summary>
    public static void Q4_1(ReadOnlySpan<byte> block, Span<float> numbers)
    {
        var (scale, minimum) = (Scale(block), Scale(block[2..]));
        for (var i = 0; i < Half; i++)
        {
            numbers[i] = ((block[4 + i] & 0xF) * scale) + minimum;
            numbers[i + Half] = ((block[4 + i] >> 4) * scale) + minimum;
        }
    }

    /// <summary>Five bits around zero.</summary>
    public static void Q5_0(ReadOnlySpan<byte> block, Span<float> numbers)
    {
        var scale = Scale(block);
        for (var i = 0; i < 2 * Half; i++)
        {
            numbers[i] = (Five(block[2..], i) - 16) * scale;
        }
    }

    /// <summary>Five bits above a minimum.</summary>
    public static void Q5_1(ReadOnlySpan<byte> block, Span<float> numbers)
    {
        var (scale, minimum) = (Scale(block), Scale(block[2..]));
        for (var i = 0; i < 2 * Half; i++)
        {
            numbers[i] = (Five(block[4..], i) * scale) + minimum;
        }
    }

    /// <summary>Eight signed bits.</summary>
    public static void Q8_0(ReadOnlySpan<byte> block, Span<float> numbers)
    {
        var scale = Scale(block);
        for (var i = 0; i < 2 * Half; i++)
        {
            numbers[i] = (sbyte)block[2 + i] * scale;
        }
    }

    /// <summary>A sign: plus or minus the scale.</summary>
    public static void Q1_0(ReadOnlySpan<byte> block, Span<float> numbers)
    {
        var scale = Scale(block);
        for (var i = 0; i < numbers.Length; i++)
        {
            numbers[i] = ((block[2 + (i / 8)] >> (i % 8)) & 1) == 1 ? scale : -scale;
        }
    }

    /// <summary>The binary16 number at the beginning.</summary>
    public static float Scale(ReadOnlySpan<byte> bytes) => (float)BinaryPrimitives.ReadHalfLittleEndian(bytes);

    private static int Five(ReadOnlySpan<byte> bits, int index)
    {
        var nibble = (bits[4 + (index % Half)] >> (index / Half * 4)) & 0xF;
        return nibble | (((bits[index / 8] >> (index % 8)) & 1) << 4);
    }
}

namespace ModelGate.Readers.Gguf;

/// <summary>Blocks of 256 values that are minus one, zero or one times a scale.</summary>
internal static class TernaryBlocks
{
    private static ReadOnlySpan<byte> Powers => [1, 3, 9, 27, 81];

    /// <summary>
    /// Five digits a byte, stored as a fraction of 256 so that multiplying by three brings the next digit to the top:
    /// 160 values in 32 bytes, 80 in 16, 16 in 4 bytes of four digits, then the scale.
    /// </summary>
    public static void TQ1_0(ReadOnlySpan<byte> block, Span<float> numbers)
    {
        var scale = PlainBlocks.Scale(block[52..]);
        Digits(block[..32], numbers[..160], scale);
        Digits(block.Slice(32, 16), numbers.Slice(160, 80), scale);
        Digits(block.Slice(48, 4), numbers[240..], scale);
    }

    /// <summary>Two bits a digit: each half of the block fills 32 bytes; then the scale.</summary>
    public static void TQ2_0(ReadOnlySpan<byte> block, Span<float> numbers)
    {
        var scale = PlainBlocks.Scale(block[64..]);
        for (var i = 0; i < numbers.Length; i++)
        {
            numbers[i] = (((block[(i / 128 * 32) + (i % 32)] >> (i % 128 / 32 * 2)) & 3) - 1) * scale;
        }
    }

    private static void Digits(ReadOnlySpan<byte> bytes, Span<float> numbers, float scale)
    {
        for (var i = 0; i < numbers.Length; i++)
        {
            var fraction = (byte)(bytes[i % bytes.Length] * Powers[i / bytes.Length]);
            numbers[i] = (((fraction * 3) >> 8) - 1) * scale;
        }
    }
}

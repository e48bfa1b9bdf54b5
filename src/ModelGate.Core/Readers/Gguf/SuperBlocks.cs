namespace ModelGate.Readers.Gguf;

/// <summary>ggml's K types: 256 values in groups of 16 or 32, whose scales (and minima) are small integers under one binary16 number.</summary>
internal static class SuperBlocks
{
    /// <summary>Two bits; scale and minimum of four bits for every 16: [scales 16][values 64][scale][scale of the minima].</summary>
    public static void Q2_K(ReadOnlySpan<byte> block, Span<float> numbers)
    {
        var scales = block[..16];
        var values = block.Slice(16, 64);
        var (scale, minimum) = (PlainBlocks.Scale(block[80..]), PlainBlocks.Scale(block[82..]));
        for (var i = 0; i < numbers.Length; i++)
        {
            var group = scales[i / 16];
            var value = (values[Place(i)] >> Shift(i)) & 3;
            numbers[i] = (scale * (group & 0xF) * value) - (minimum * (group >> 4));
        }
    }

    /// <summary>Three bits, the third one inverted and apart; scale of six bits for every 16: [third bits 32][values 64][scales 12][scale].</summary>
    public static void Q3_K(ReadOnlySpan<byte> block, Span<float> numbers)
    {
        var third = block[..32];
        var values = block.Slice(32, 64);
        var scales = block.Slice(96, 12);
        var scale = PlainBlocks.Scale(block[108..]);
        for (var i = 0; i < numbers.Length; i++)
        {
            var group = i / 16;
            var low = (scales[group % 8] >> (group / 8 * 4)) & 0xF;
            var high = (scales[8 + (group % 4)] >> (group / 4 * 2)) & 3;
            var value = ((values[Place(i)] >> Shift(i)) & 3) - (((third[i % 32] >> (i / 32)) & 1) == 1 ? 0 : 4);
            numbers[i] = scale * ((low | (high << 4)) - 32) * value;
        }
    }

    /// <summary>Four bits; scale and minimum of six bits for every 32: [scale][scale of the minima][scales 12][values 128].</summary>
    public static void Q4_K(ReadOnlySpan<byte> block, Span<float> numbers)
    {
        var values = block.Slice(16, 128);
        for (var i = 0; i < numbers.Length; i++)
        {
            var (scale, minimum) = Group(block, i / 32);
            numbers[i] = (scale * Nibble(values, i)) - minimum;
        }
    }

    /// <summary>Five bits, like the four-bit type with the fifth bits apart: [scale][scale of the minima][scales 12][fifth bits 32][values 128].</summary>
    public static void Q5_K(ReadOnlySpan<byte> block, Span<float> numbers)
    {
        var fifth = block.Slice(16, 32);
        var values = block.Slice(48, 128);
        for (var i = 0; i < numbers.Length; i++)
        {
            var (scale, minimum) = Group(block, i / 32);
            numbers[i] = (scale * (Nibble(values, i) | (((fifth[i % 32] >> (i / 32)) & 1) << 4))) - minimum;
        }
    }

    /// <summary>Six bits, the upper two apart; signed scale of eight bits for every 16: [lower 128][upper 64][scales 16][scale].</summary>
    public static void Q6_K(ReadOnlySpan<byte> block, Span<float> numbers)
    {
        var lower = block[..128];
        var upper = block.Slice(128, 64);
        var scales = block.Slice(192, 16);
        var scale = PlainBlocks.Scale(block[208..]);
        for (var i = 0; i < numbers.Length; i++)
        {
            var (part, within) = (i / 128, i % 128);
            var low = (lower[(part * 64) + (within % 64)] >> (within / 64 * 4)) & 0xF;
            var high = (upper[(part * 32) + (within % 32)] >> (within / 32 * 2)) & 3;
            numbers[i] = scale * (sbyte)scales[i / 16] * ((low | (high << 4)) - 32);
        }
    }

    // Two bits: each half of the block fills 32 bytes, a quarter of it in each pair of bits.
    private static int Place(int index) => (index / 128 * 32) + (index % 32);

    private static int Shift(int index) => index % 128 / 32 * 2;

    // Four bits: two groups of 32 share 32 bytes, the first in the low nibbles.
    private static int Nibble(ReadOnlySpan<byte> values, int index) => (values[(index / 64 * 32) + (index % 32)] >> (index / 32 % 2 * 4)) & 0xF;

    // Eight scales and eight minima of six bits in twelve bytes: the upper two bits of the last four stand above the first four.
    private static (float Scale, float Minimum) Group(ReadOnlySpan<byte> block, int group)
    {
        var packed = block.Slice(4, 12);
        var (scale, minimum) = group < 4
            ? (packed[group] & 63, packed[group + 4] & 63)
            : ((packed[group + 4] & 0xF) | (packed[group - 4] >> 6 << 4), (packed[group + 4] >> 4) | (packed[group] >> 6 << 4));
        return (PlainBlocks.Scale(block) * scale, PlainBlocks.Scale(block[2..]) * minimum);
    }
}

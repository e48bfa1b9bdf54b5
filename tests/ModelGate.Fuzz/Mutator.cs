using System.Buffers.Binary;

namespace ModelGate.Fuzz;

/// <summary>Breaks files in the ways in which files are broken, the same way for the same seed.</summary>
/// <param name="seeds">Sound files.</param>
/// <param name="seed">The seed.</param>
internal sealed class Mutator(IReadOnlyList<byte[]> seeds, int seed)
{
    private const int MostChanges = 6;

    private static readonly byte[] Telling = [0, 1, 0x28, 0x2E, 0x30, 0x52, 0x5D, 0x61, 0x63, 0x68, 0x71, 0x74, 0x7D, 0x7F, 0x80, 0x81, 0x85, 0x93, 0x94, 0x95, 0xFF];

    // CA5394: what is wanted of the numbers is that they come again.
#pragma warning disable CA5394
    private readonly Random random = new(seed);

    /// <summary>The next broken file.</summary>
    public byte[] Next()
    {
        var bytes = seeds[random.Next(seeds.Count)].AsSpan().ToArray();
        for (var left = 1 + random.Next(MostChanges); left > 0 && bytes.Length > 0; left--)
        {
            bytes = Change(bytes);
        }

        return bytes;
    }

    private byte[] Change(byte[] bytes)
    {
        var at = Place(bytes.Length);
        switch (random.Next(9))
        {
            case 0:
                return bytes[..at];
            case 1:
                bytes[at] ^= (byte)(1 << random.Next(8));
                return bytes;
            case 2:
                bytes[at] = Telling[random.Next(Telling.Length)];
                return bytes;
            case 3:
                return Splice(bytes, at);
            case 4:
                return [.. bytes.AsSpan(0, at), .. bytes.AsSpan(Math.Min(bytes.Length, at + 1 + random.Next(32)))];
            case 5:
                var length = Math.Min(bytes.Length - at, 1 + random.Next(64));
                return [.. bytes.AsSpan(0, at + length), .. bytes.AsSpan(at, length), .. bytes.AsSpan(at + length)];
            case 6:
                bytes.AsSpan(at, Math.Min(bytes.Length - at, 1 + random.Next(16))).Fill(Telling[random.Next(Telling.Length)]);
                return bytes;
            default:
                Number(bytes.AsSpan(at));
                return bytes;
        }
    }

    // Directories lie at the ends of a file, and what they say is worth more lies.
    private int Place(int length) => random.Next(4) switch
    {
        0 => random.Next(Math.Min(length, 256)),
        1 => length - 1 - random.Next(Math.Min(length, 1024)),
        _ => random.Next(length),
    };

    // Any place may be a length: 0, the most, one more, one less.
    private void Number(Span<byte> at)
    {
        var width = random.Next(3) switch { 0 => 2, 1 => 4, _ => 8 };
        if (at.Length < width)
        {
            return;
        }

        at = at[..width];
        var value = width switch
        {
            2 => BinaryPrimitives.ReadUInt16LittleEndian(at),
            4 => BinaryPrimitives.ReadUInt32LittleEndian(at),
            _ => BinaryPrimitives.ReadUInt64LittleEndian(at),
        };
        value = random.Next(6) switch
        {
            0 => 0,
            1 => ulong.MaxValue,
            2 => value + 1,
            3 => value - 1,
            4 => (ulong)long.MaxValue >> (64 - (8 * width)),
            _ => value << random.Next(32),
        };
        Span<byte> written = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(written, value);
        written[..width].CopyTo(at);
    }

    private byte[] Splice(byte[] bytes, int at)
    {
        var other = seeds[random.Next(seeds.Count)];
        var from = random.Next(other.Length);
        var length = Math.Min(other.Length - from, 1 + random.Next(512));
        return random.Next(2) == 0
            ? [.. bytes.AsSpan(0, at), .. other.AsSpan(from)]
            : [.. bytes.AsSpan(0, at), .. other.AsSpan(from, length), .. bytes.AsSpan(at)];
    }
#pragma warning restore CA5394
}

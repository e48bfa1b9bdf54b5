using System.Buffers.Binary;
using System.Globalization;
using System.IO.Hashing;
using System.Text;
using ModelGate.Readers.TensorBoard;

namespace ModelGate.Fuzz;

/// <summary>Logs that are made to cost time or memory without being long, of text, and in the formats whose records have checksums.</summary>
internal static class HostileLogs
{
    private const int BlockBytes = 32 << 10;
    private const int HeaderBytes = 7;

    /// <summary>An event file in which every value has a tag of its own.</summary>
    public static void EventsOfManySeries(Stream stream, int length) => Events(stream, length, i => Scalar(i.ToString("x", CultureInfo.InvariantCulture), 1));

    /// <summary>An event file in which the steps of a hundred tags go back again and again.</summary>
    public static void EventsOfManyStarts(Stream stream, int length) => Events(stream, length, i => Scalar((i % 100).ToString(CultureInfo.InvariantCulture), (byte)(i / 100 % 2 == 0 ? 2 : 1)));

    /// <summary>An event file in which training is started again at every second event.</summary>
    public static void EventsOfManySessions(Stream stream, int length) => Events(stream, length, i => i % 2 == 0 ? Scalar("a", (byte)(i / 1000 % 100)) : [0x10, 99, 0x3A, 2, 0x08, 1]);

    /// <summary>A run of Weights &amp; Biases in which every value has a name of its own.</summary>
    public static void RunOfManySeries(Stream stream, int length)
        => Records(stream, length, i => Field(2, Field(1, [.. Field(2, Encoding.ASCII.GetBytes(i.ToString("x", CultureInfo.InvariantCulture))), 0x82, 0x01, 1, (byte)'1'])));

    /// <summary>A run of Weights &amp; Biases whose values are objects of many numbers.</summary>
    public static void RunOfNestedNumbers(Stream stream, int length)
    {
        var json = Encoding.ASCII.GetBytes("{" + string.Join(',', Enumerable.Range(0, 2500).Select(i => $"\"{i:x}\":1")) + "}");
        Records(stream, length, _ => Field(2, Field(1, [.. Field(2, "a"u8), 0x82, 0x01, .. Prefixed(json)])));
    }

    /// <summary>A log of ParallelWaveGAN in which every value has a name of its own.</summary>
    public static void TextOfManySeries(Stream stream, int length) => Lines(stream, length, i => $"(Steps: {i}) {i:x} = 1.");

    /// <summary>A log of HiFi-GAN in which every line has labels of its own.</summary>
    public static void TextOfManyLabels(Stream stream, int length)
        => Lines(stream, length, i => "Steps : 1, Gen Loss Total : 1, " + string.Join(", ", Enumerable.Range(i * 50, 50).Select(n => $"{n:x} : 1")));

    /// <summary>A log of RVC in which training is started again at every line.</summary>
    public static void TextOfManyStarts(Stream stream, int length) => Lines(stream, length, i => i % 2 == 0 ? "INFO:x:[1, 1]" : "INFO:x:loss_disc=1,loss_gen=1,loss_fm=1,loss_mel=1,loss_kl=1");

    /// <summary>A log of RVC that names a key that was not loaded in every line.</summary>
    public static void TextOfManyEvents(Stream stream, int length)
        => Lines(stream, length, i => i == 0 ? "INFO:x:loss_disc=1,loss_gen=1,loss_fm=1,loss_mel=1,loss_kl=1" : "a is not in the checkpoint");

    /// <summary>A log of transformers whose dicts have a key of their own each.</summary>
    public static void TextOfManyKeys(Stream stream, int length)
        => Lines(stream, length, i => $"{{'loss': 1, 'epoch': {i}, {string.Join(", ", Enumerable.Range(i * 500, 500).Select(n => $"'{n:x}': 1"))}}}");

    private static void Lines(Stream stream, int length, Func<int, string> line)
    {
        for (var (i, written) = (0, 0); written < length; i++)
        {
            var bytes = Encoding.ASCII.GetBytes(line(i) + "\n");
            stream.Write(bytes);
            written += bytes.Length;
        }
    }

    private static void Events(Stream stream, int length, Func<int, byte[]> data)
    {
        Span<byte> header = stackalloc byte[12];
        Span<byte> checksum = stackalloc byte[4];
        for (var (i, written) = (0, 0); written < length; i++)
        {
            byte[] record = [0x09, 0, 0, 0, 0, 0, 0, 0, 0, .. data(i)];
            BinaryPrimitives.WriteUInt64LittleEndian(header, (ulong)record.Length);
            BinaryPrimitives.WriteUInt32LittleEndian(header[8..], Crc32C.MaskedOf(header[..8]));
            BinaryPrimitives.WriteUInt32LittleEndian(checksum, Crc32C.MaskedOf(record));
            stream.Write(header);
            stream.Write(record);
            stream.Write(checksum);
            written += record.Length + 16;
        }
    }

    private static byte[] Scalar(string tag, byte step) => [0x10, step, .. Field(5, Field(1, [.. Field(1, Encoding.ASCII.GetBytes(tag)), 0x15, 0, 0, 0, 0]))];

    private static void Records(Stream stream, int length, Func<int, byte[]> data)
    {
        stream.Write([(byte)':', (byte)'W', (byte)'&', (byte)'B', 0xE1, 0xBE, 0]);
        var position = HeaderBytes;
        Span<byte> header = stackalloc byte[6];
        for (var i = 0; position < length; i++)
        {
            byte[] record = [1, .. data(i)];
            var left = BlockBytes - (position % BlockBytes);
            if (left < record.Length + HeaderBytes)
            {
                // What is left of the block is zeros, as where it was reserved.
                stream.Write(new byte[left]);
                position += left;
            }

            BinaryPrimitives.WriteUInt32LittleEndian(header, Crc32.HashToUInt32(record));
            BinaryPrimitives.WriteUInt16LittleEndian(header[4..], (ushort)(record.Length - 1));
            stream.Write(header);
            stream.Write(record);
            position += 6 + record.Length;
        }
    }

    private static byte[] Field(int number, ReadOnlySpan<byte> content) => [(byte)((number << 3) | 2), .. Prefixed(content)];

    private static byte[] Prefixed(ReadOnlySpan<byte> content)
    {
        var bytes = new List<byte>();
        var length = (uint)content.Length;
        for (; length >= 0x80; length >>= 7)
        {
            bytes.Add((byte)(length | 0x80));
        }

        return [.. bytes, (byte)length, .. content];
    }
}

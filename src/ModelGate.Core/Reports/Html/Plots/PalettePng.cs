using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;

namespace ModelGate.Reports.Html.Plots;

/// <summary>Writes a PNG of one byte a pixel (ISO/IEC 15948) under the palette of <see cref="Viridis"/>.</summary>
internal static class PalettePng
{
    private static readonly byte[] Signature = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Encodes columns of levels, each from the bottom up and all of one length.</summary>
    public static byte[] Encode(IReadOnlyList<byte[]> columns)
    {
        var (width, height) = (columns.Count, columns[0].Length);
        using var png = new MemoryStream();
        png.Write(Signature);
        Span<byte> header = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], height);

        // Eight bits, indexed, deflate, adaptive filters, not interlaced.
        header[8] = 8;
        header[9] = 3;
        WriteChunk(png, "IHDR"u8, header);
        WriteChunk(png, "PLTE"u8, Viridis.Palette);
        WriteChunk(png, "IDAT"u8, Compress(columns, width, height));
        WriteChunk(png, "IEND"u8, []);
        return png.ToArray();
    }

    private static byte[] Compress(IReadOnlyList<byte[]> columns, int width, int height)
    {
        using var compressed = new MemoryStream();
        using (var zlib = new ZLibStream(compressed, CompressionLevel.SmallestSize))
        {
            // A row begins with its filter: none, which suits indices best.
            var row = new byte[width + 1];
            for (var y = height - 1; y >= 0; y--)
            {
                for (var x = 0; x < width; x++)
                {
                    row[x + 1] = columns[x][y];
                }

                zlib.Write(row);
            }
        }

        return compressed.ToArray();
    }

    private static void WriteChunk(MemoryStream png, ReadOnlySpan<byte> type, ReadOnlySpan<byte> content)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, content.Length);
        png.Write(number);
        png.Write(type);
        png.Write(content);
        var checksum = new Crc32();
        checksum.Append(type);
        checksum.Append(content);
        BinaryPrimitives.WriteUInt32BigEndian(number, checksum.GetCurrentHashAsUInt32());
        png.Write(number);
    }
}

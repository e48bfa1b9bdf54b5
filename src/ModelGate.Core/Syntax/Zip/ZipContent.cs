using System.Buffers;
using System.IO.Compression;
using System.IO.Hashing;
using ModelGate.Bytes;
using ModelGate.Faults;

namespace ModelGate.Syntax.Zip;

/// <summary>Reads the content of entries: whole, or in one streaming pass that verifies checksums.</summary>
internal static class ZipContent
{
    private const int BlockBytes = 256 << 10;

    /// <summary>The content of one entry, its checksum verified where the archive has one.</summary>
    /// <param name="archive">The archive.</param>
    /// <param name="entry">The entry.</param>
    /// <param name="limit">The most bytes that this kind of entry may have.</param>
    /// <param name="limitName">The name of that limit.</param>
    public static byte[] Read(ZipDirectory archive, ZipEntry entry, ReadBudget budget, long limit, string limitName)
    {
        ReadBudget.Require(entry.Size, limit, limitName, $"the length of entry {SafeText.From(entry.Name)}", entry.DataOffset);
        if (entry.IsStored)
        {
            return archive.Source.ReadArray(entry.DataOffset, entry.Size, "a zip entry");
        }

        RequireRatio(archive, entry, budget);
        using var inflated = Open(archive.Source, entry);
        // Inflated piece by piece: the size is a claim until the bytes are there.
        var content = new byte[Math.Min(entry.Size, BlockBytes)];
        for (var length = 0; ;)
        {
            budget.Checkpoint();
            var count = Inflate(inflated, content.AsSpan(length), entry);
            length += count;
            budget.Admit(count);
            if (length == entry.Size)
            {
                return inflated.ReadByte() < 0 ? content : throw SizeMismatch(entry, entry.Size + 1);
            }

            if (count == 0)
            {
                throw SizeMismatch(entry, length);
            }

            if (length == content.Length)
            {
                Array.Resize(ref content, (int)Math.Min(entry.Size, 2L * length));
            }
        }
    }

    /// <summary>Compares the content with the entry's checksum.</summary>
    /// <exception cref="ArtifactFault">Reason <c>crc</c>, or the content is not what the entry says.</exception>
    public static void VerifyCrc(ZipDirectory archive, ZipEntry entry, ReadBudget budget)
    {
        if (new StoredChecksum(entry.Name, entry.DataOffset, entry.Size, entry.Crc32).Compare(Crc(archive, entry, budget, out _)) is { } fault)
        {
            throw fault;
        }
    }

    /// <summary>The checksum of the content, in one pass of bounded memory.</summary>
    public static uint Crc(ZipDirectory archive, ZipEntry entry, ReadBudget budget, out bool onlyZeros)
    {
        var crc = new Crc32();
        var buffer = ArrayPool<byte>.Shared.Rent(BlockBytes);
        onlyZeros = true;
        try
        {
            using var inflated = entry.IsStored ? null : Open(archive.Source, entry);
            long total = 0;
            while (true)
            {
                budget.Checkpoint();
                int count;
                if (inflated is null)
                {
                    count = (int)Math.Min(BlockBytes, entry.Size - total);
                    archive.Source.ReadExactly(entry.DataOffset + total, buffer.AsSpan(0, count), "a zip entry");
                }
                else
                {
                    count = Inflate(inflated, buffer.AsSpan(0, BlockBytes), entry);
                }

                if (count == 0)
                {
                    break;
                }

                total += count;
                if (total > entry.Size)
                {
                    throw SizeMismatch(entry, total);
                }

                crc.Append(buffer.AsSpan(0, count));
                onlyZeros &= buffer.AsSpan(0, count).IndexOfAnyExcept((byte)0) < 0;
            }

            return total == entry.Size ? crc.GetCurrentHashAsUInt32() : throw SizeMismatch(entry, total);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>The content of an entry as a source of which nothing is read yet, and where in it the content begins.</summary>
    public static (IByteSource Source, long Start) Lazily(ZipDirectory archive, ZipEntry entry)
        => entry.IsStored ? (archive.Source, entry.DataOffset) : (archive.Inflated.Of(entry), 0);

    /// <summary>Where in the file the content of a deflated entry lies, and how many of its bytes each byte of content takes; null for a stored one.</summary>
    public static (long Begin, double Scale)? Place(ZipEntry entry)
        => entry.IsStored ? null : (entry.DataOffset, entry.CompressedSize / (double)Math.Max(1, entry.Size));

    /// <summary>A forward-only stream of a deflated entry's content.</summary>
    public static Stream Open(IByteSource source, ZipEntry entry)
        => new DeflateStream(new ByteSourceStream(source, entry.DataOffset, entry.CompressedSize), CompressionMode.Decompress);

    /// <summary>Reads from a deflated entry; a broken stream is a fault of the file.</summary>
    public static int Inflate(Stream inflated, Span<byte> destination, ZipEntry entry)
    {
        try
        {
            return inflated.Read(destination);
        }
        catch (InvalidDataException)
        {
            throw new ArtifactFault(FaultReason.Deflate, SafeText.Of($"the deflated bytes of entry {entry.Name} are broken"), entry.DataOffset);
        }
    }

    private static void RequireRatio(ZipDirectory archive, ZipEntry entry, ReadBudget budget)
    {
        // Small entries may be as regular as they like: the ratio is about bombs.
        if (entry.Size > 1 << 20 && entry.Size / budget.Limits.ZipRatio > entry.CompressedSize)
        {
            throw ReadBudget.Exceeded(
                nameof(ReadLimits.ZipRatio), SafeText.Of($"entry {entry.Name} inflates {entry.CompressedSize} bytes to {entry.Size}"), entry.DataOffset);
        }

        RequireTotal(archive, budget);
    }

    /// <summary>Refuses archives that would inflate to a multiple of their length.</summary>
    public static void RequireTotal(ZipDirectory archive, ReadBudget budget)
    {
        var total = archive.Entries.Aggregate((Int128)0, (sum, e) => sum + e.Size);
        if (total > 1 << 20 && total > (Int128)archive.Source.Length * budget.Limits.ZipTotalRatio)
        {
            throw ReadBudget.Exceeded(nameof(ReadLimits.ZipTotalRatio), SafeText.Of($"the archive of {archive.Source.Length} bytes inflates to {total}"));
        }
    }

    private static ArtifactFault SizeMismatch(ZipEntry entry, long found)
        => new(FaultReason.SizeMismatch, SafeText.Of($"entry {entry.Name} claims {entry.Size} bytes and inflates to {(found > entry.Size ? "more" : "fewer")}"), entry.DataOffset);
}

using System.Buffers.Binary;
using ModelGate.Bytes;
using ModelGate.Faults;
using ModelGate.Syntax.Protobuf;

namespace ModelGate.Readers.TensorBoard;

/// <summary>The records of an event file, one after another, in memory that does not grow with the file.</summary>
/// <remarks>
/// A record is a length, its checksum, the bytes, and theirs (TensorFlow's record_writer.h). At the first that is cut off or has a wrong checksum it ends, as TensorBoard does: nothing
/// tells where the next one begins.
/// </remarks>
/// <param name="source">The file.</param>
/// <param name="budget">Is looked at with every block.</param>
internal sealed class EventRecords(IByteSource source, ReadBudget budget)
{
    /// <summary>The bytes in front of a record's own.</summary>
    public const int HeaderBytes = 12;

    private const int ChecksumBytes = 4;
    // What is held stays in the processor's cache.
    private const int MostBufferBytes = 256 << 10;

    private readonly byte[] buffer = new byte[(int)Math.Clamp(source.Length, 4096, MostBufferBytes)];
    private long start;
    private int at;
    private int filled;

    /// <summary>Why it ended before the end of the file; empty where it did not.</summary>
    public SafeText Damage { get; private set; } = SafeText.Empty;

    /// <summary>Whether it ended at a wrong checksum, behind which there is more: that is no torn end.</summary>
    public bool IsDamaged { get; private set; }

    /// <summary>The offset of the next record.</summary>
    public long Position => start + at;

    /// <summary>Reads the next record.</summary>
    /// <param name="data">Its bytes, until the next one is read; none of one that is too long to be held.</param>
    /// <param name="place">Where they are.</param>
    public bool Next(out ReadOnlySpan<byte> data, out WireRange place)
    {
        data = default;
        place = default;
        Fill(HeaderBytes);
        if (at == filled)
        {
            return false;
        }

        var left = source.Length - Position;
        var header = buffer.AsSpan(at, Math.Min(HeaderBytes, filled - at));
        if (header.Length < HeaderBytes)
        {
            return End(SafeText.Of($"the last record is cut off at byte {Position}, as where a training was stopped or still writes"));
        }

        if (!IsHeader(header, out var length))
        {
            IsDamaged = true;
            return End(SafeText.Of($"the length of the record at byte {Position} has a wrong checksum: the last {SafeText.Count(left, "byte")} of the file are not read"));
        }

        if (length > (ulong)(left - HeaderBytes) || (long)length > left - HeaderBytes - ChecksumBytes)
        {
            return End(SafeText.Of($"the last record is cut off at byte {Position}, as where a training was stopped or still writes"));
        }

        place = new WireRange(Position + HeaderBytes, (long)length);
        var whole = HeaderBytes + (long)length + ChecksumBytes;
        var isSound = whole <= buffer.Length ? TakeHeld((int)length, out data) : PassOver((long)length);
        if (!isSound)
        {
            data = default;
            IsDamaged = Position < source.Length;
            return End(SafeText.Of($"the record at byte {place.Offset - HeaderBytes} has a wrong checksum: the last {SafeText.Count(left, "byte")} of the file are not read"));
        }

        return true;
    }

    /// <summary>Whether a record begins with these bytes: a length and its checksum.</summary>
    public static bool IsHeader(ReadOnlySpan<byte> head, out ulong length)
    {
        length = BinaryPrimitives.ReadUInt64LittleEndian(head);
        return Crc32C.MaskedOf(head[..sizeof(ulong)]) == BinaryPrimitives.ReadUInt32LittleEndian(head[sizeof(ulong)..]);
    }

    private bool TakeHeld(int length, out ReadOnlySpan<byte> data)
    {
        Fill(HeaderBytes + length + ChecksumBytes);
        data = buffer.AsSpan(at + HeaderBytes, length);
        var checksum = BinaryPrimitives.ReadUInt32LittleEndian(buffer.AsSpan(at + HeaderBytes + length));
        at += HeaderBytes + length + ChecksumBytes;
        return Crc32C.MaskedOf(data) == checksum;
    }

    // Longer than the buffer: its checksum is computed and its bytes are forgotten.
    private bool PassOver(long length)
    {
        at += HeaderBytes;
        var crc = Crc32C.Start;
        while (length > 0)
        {
            Fill(1);
            var count = (int)Math.Min(length, filled - at);
            crc = Crc32C.Append(crc, buffer.AsSpan(at, count));
            at += count;
            length -= count;
        }

        Fill(ChecksumBytes);
        var checksum = BinaryPrimitives.ReadUInt32LittleEndian(buffer.AsSpan(at));
        at += ChecksumBytes;
        return Crc32C.Masked(crc) == checksum;
    }

    // At the end of the file there may be fewer.
    private void Fill(int bytes)
    {
        if (filled - at >= bytes)
        {
            return;
        }

        budget.Checkpoint();
        buffer.AsSpan(at, filled - at).CopyTo(buffer);
        (start, filled, at) = (start + at, filled - at, 0);
        filled += source.Read(start + filled, buffer.AsSpan(filled));
        if (filled < bytes && start + filled < source.Length)
        {
            throw new SourceUnavailableException(SafeText.Of($"it became shorter while it was read"));
        }
    }

    private bool End(SafeText damage)
    {
        Damage = damage;
        return false;
    }
}

using System.Buffers.Binary;
using System.Text;
using ModelGate.Bytes;
using ModelGate.Faults;

namespace ModelGate.Readers.Gguf;

/// <summary>The numbers and texts at the beginning of a GGUF file, read through a window.</summary>
/// <param name="source">The file.</param>
internal sealed class GgufInput(IByteSource source, ReadBudget budget)
{
    private const int WindowBytes = 64 << 10;

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    private readonly byte[] window = new byte[WindowBytes];
    private long windowStart;
    private int windowLength;

    /// <summary>The file.</summary>
    public IByteSource Source => source;

    /// <summary>The offset of the next byte.</summary>
    public long Position { get; private set; } = 4;

    /// <summary>Whether numbers are in big-endian order.</summary>
    public bool BigEndian { get; private set; }

    /// <summary>The version, which tells the byte order too: read the wrong way round it would be beyond 65,535.</summary>
    public uint ReadVersion()
    {
        var version = BinaryPrimitives.ReadUInt32LittleEndian(Take(4, "the version"));
        BigEndian = (version & 0xFFFF) == 0;
        return BigEndian ? BinaryPrimitives.ReverseEndianness(version) : version;
    }

    /// <summary>A 32-bit number.</summary>
    public uint ReadUInt32(string what)
    {
        var bytes = Take(4, what);
        return BigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);
    }

    /// <summary>A 64-bit number.</summary>
    public ulong ReadUInt64(string what)
    {
        var bytes = Take(8, what);
        return BigEndian ? BinaryPrimitives.ReadUInt64BigEndian(bytes) : BinaryPrimitives.ReadUInt64LittleEndian(bytes);
    }

    /// <summary>The bytes of a number, in little-endian order.</summary>
    public ReadOnlySpan<byte> ReadNumber(int size, string what)
    {
        // Reversed where it stands: nothing is read twice.
        var bytes = Take(size, what);
        if (BigEndian)
        {
            bytes.Reverse();
        }

        return bytes;
    }

    /// <summary>A count that a limit bounds.</summary>
    public int ReadCount(int most, string limit, string what)
    {
        var at = Position;
        var count = ReadUInt64(what);
        return count <= (ulong)most ? (int)count : throw ReadBudget.Exceeded(limit, SafeText.Of($"{SafeText.From(what)}: {count}, at most {most} allowed"), at);
    }

    /// <summary>A text.</summary>
    public string ReadText(string what)
    {
        var at = Position;
        var length = ReadTextLength(what);
        var bytes = length <= WindowBytes ? Take((int)length, what) : source.ReadArray(Position, length, what);
        Position = at + 8 + length;
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            throw new ArtifactFault(FaultReason.Utf8, SafeText.Of($"{SafeText.From(what)} is not UTF-8"), at);
        }
    }

    /// <summary>Passes over a text.</summary>
    public void SkipText(string what) => Skip(ReadTextLength(what), what);

    /// <summary>Passes over bytes.</summary>
    public void Skip(Int128 length, string what)
        => Position = length <= source.Length - Position
            ? (long)(Position + length)
            : throw new ArtifactFault(FaultReason.Truncated, SafeText.Of($"{SafeText.From(what)} wants {length} bytes, and {source.Length - Position} are left"), Position);

    private long ReadTextLength(string what)
    {
        var at = Position;
        var length = ReadUInt64(what);
        if (length > (ulong)budget.Limits.MetadataTextBytes)
        {
            throw ReadBudget.Exceeded(nameof(ReadLimits.MetadataTextBytes), SafeText.Of($"{SafeText.From(what)} has {length} bytes, at most {budget.Limits.MetadataTextBytes} allowed"), at);
        }

        return (long)length;
    }

    private Span<byte> Take(int count, string what)
    {
        if (Position < windowStart || Position + count > windowStart + windowLength)
        {
            windowStart = Position;
            windowLength = source.Read(Position, window);
            if (windowLength < count)
            {
                throw new ArtifactFault(FaultReason.Truncated, SafeText.Of($"{SafeText.From(what)} wants {SafeText.Count(count, "byte")}, and the file of {SafeText.Count(source.Length, "byte")} ends before"), Position);
            }
        }

        var bytes = window.AsSpan((int)(Position - windowStart), count);
        Position += count;
        return bytes;
    }
}

using System.Text;
using ModelGate.Bytes;
using ModelGate.Faults;

namespace ModelGate.Syntax.Protobuf;

/// <summary>
/// The fields of a protocol buffer, one after another, without loading it: what is long is given as a range, and every length is held
/// against the message around it before anything is done with it.
/// </summary>
/// <remarks>The encoding: https://protobuf.dev/programming-guides/encoding/. Groups, which nobody writes any more, are refused.</remarks>
internal sealed class WireReader
{
    private const int WindowBytes = 64 << 10;
    private const int MostVarintBytes = 10;

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    private readonly IByteSource source;
    private readonly ReadBudget budget;
    private readonly byte[] window = new byte[WindowBytes];
    private long windowStart;
    private int windowLength;
    private long end;
    private int depth;
    private int fields;

    /// <summary>Stands at the beginning of a message that fills the source.</summary>
    public WireReader(IByteSource source, ReadBudget budget)
    {
        (this.source, this.budget) = (source, budget);
        end = source.Length;
    }

    /// <summary>The offset of the next byte.</summary>
    public long Position { get; private set; }

    /// <summary>The limits.</summary>
    public ReadLimits Limits => budget.Limits;

    /// <summary>Reads the next field's number and type; false at the end of the message.</summary>
    /// <exception cref="ArtifactFault">Reason <c>protobuf</c>: no field begins here.</exception>
    public bool Next(out int field, out WireType type)
    {
        (field, type) = (0, default);
        if (Position == end)
        {
            return false;
        }

        if ((++fields & 0xFFF) == 0)
        {
            budget.Checkpoint();
        }

        var at = Position;
        var tag = ReadVarint();
        field = (int)Math.Min(tag >> 3, int.MaxValue);
        type = (WireType)(tag & 7);
        return field is > 0 and < 1 << 29 && type is WireType.Varint or WireType.Fixed64 or WireType.Bytes or WireType.Fixed32
            ? true
            : throw new ArtifactFault(FaultReason.Protobuf, SafeText.Of($"no field has the number {field} and the type {(int)type}"), at);
    }

    /// <summary>Reads a number.</summary>
    public ulong ReadVarint()
    {
        var at = Position;
        var value = 0UL;
        for (var i = 0; i < MostVarintBytes; i++)
        {
            var next = ReadByte();
            if (i == MostVarintBytes - 1 && next > 1)
            {
                break;
            }

            value |= (ulong)(next & 0x7F) << (7 * i);
            if ((next & 0x80) == 0)
            {
                return value;
            }
        }

        throw new ArtifactFault(FaultReason.Protobuf, SafeText.Of($"a number has more than 64 bits"), at);
    }

    /// <summary>Reads a length and passes over so many bytes.</summary>
    public WireRange ReadBytes()
    {
        var at = Position;
        var length = ReadVarint();
        if (length > (ulong)(end - Position))
        {
            throw new ArtifactFault(FaultReason.Truncated, SafeText.Of($"a field takes {length} bytes where {end - Position} are left"), at);
        }

        var range = new WireRange(Position, (long)length);
        Position += range.Length;
        return range;
    }

    /// <summary>Passes over a value.</summary>
    public void Skip(WireType type)
    {
        switch (type)
        {
            case WireType.Varint:
                ReadVarint();
                break;
            case WireType.Bytes:
                ReadBytes();
                break;
            default:
                var size = type == WireType.Fixed64 ? 8 : 4;
                Position = size <= end - Position
                    ? Position + size
                    : throw new ArtifactFault(FaultReason.Truncated, SafeText.Of($"a number takes {size} bytes where {end - Position} are left"), Position);
                break;
        }
    }

    /// <summary>Requires a type of a field that is known.</summary>
    public void Require(bool condition, string what)
    {
        if (!condition)
        {
            throw new ArtifactFault(FaultReason.Protobuf, SafeText.Of($"{SafeText.From(what)} is not written as what it is"), Position);
        }
    }

    /// <summary>Reads the message that the next bytes are.</summary>
    public void ReadMessage(Action read) => Inside(ReadBytes(), read);

    /// <summary>Reads a message in a range, and comes back.</summary>
    /// <exception cref="ArtifactFault">Reason <c>limit</c>: messages are nested too deep.</exception>
    public void Inside(WireRange range, Action read)
    {
        if (++depth > budget.Limits.ProtobufNesting)
        {
            throw ReadBudget.Exceeded(nameof(ReadLimits.ProtobufNesting), SafeText.Of($"messages are nested {depth} deep"), range.Offset);
        }

        var (behind, outer) = (Position, end);
        (Position, end) = (range.Offset, range.Offset + range.Length);
        read();
        (Position, end) = (behind, outer);
        depth--;
    }

    /// <summary>Reads a text.</summary>
    public string ReadText(string what)
    {
        var range = ReadBytes();
        ReadBudget.Require(range.Length, budget.Limits.MetadataTextBytes, nameof(ReadLimits.MetadataTextBytes), $"the length of {what}", range.Offset);
        try
        {
            return Strict.GetString(source.ReadArray(range.Offset, range.Length, what));
        }
        catch (DecoderFallbackException)
        {
            throw new ArtifactFault(FaultReason.Utf8, SafeText.Of($"{SafeText.From(what)} is not UTF-8"), range.Offset);
        }
    }

    private byte ReadByte()
    {
        if (Position >= end)
        {
            throw new ArtifactFault(FaultReason.Truncated, SafeText.Of($"a number is cut off by the end of its message"), Position);
        }

        if (Position < windowStart || Position >= windowStart + windowLength)
        {
            windowStart = Position;
            windowLength = source.Read(Position, window);
            if (windowLength == 0)
            {
                throw new ArtifactFault(FaultReason.Truncated, SafeText.Of($"the file became shorter while it was read"), Position);
            }
        }

        return window[Position++ - windowStart];
    }
}

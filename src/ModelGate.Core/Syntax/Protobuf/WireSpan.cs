using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace ModelGate.Syntax.Protobuf;

/// <summary>The fields of a short protocol buffer that is in memory, one after another and without an allocation.</summary>
/// <remarks><see cref="WireReader"/> is for those that are not. What is not a protocol buffer ends it, and <see cref="IsBroken"/> says so.</remarks>
/// <param name="message">The message.</param>
internal ref struct WireSpan(ReadOnlySpan<byte> message)
{
    private const int MostVarintBytes = 10;

    private readonly ReadOnlySpan<byte> message = message;
    private int at;

    /// <summary>The number of the field that was read last.</summary>
    public int Field { get; private set; }

    /// <summary>How its value stands there.</summary>
    public WireType Type { get; private set; }

    /// <summary>Its value where it is a number, as the bits that stand there.</summary>
    public ulong Number { get; private set; }

    /// <summary>Its value where its type is <see cref="WireType.Bytes"/>.</summary>
    public ReadOnlySpan<byte> Bytes { get; private set; }

    /// <summary>Whether the message ended where none ends.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Reads the next field; false at the end.</summary>
    public bool Next()
    {
        if (at == message.Length)
        {
            return false;
        }

        if (TryReadVarint(out var tag) && tag >> 3 is > 0 and < 1 << 29 && TryReadValue((WireType)(tag & 7)))
        {
            Field = (int)(tag >> 3);
            return true;
        }

        IsBroken = true;
        return false;
    }

    /// <summary>Reads the next of several numbers that are packed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryReadVarint(out ulong value)
    {
        if (at < message.Length && message[at] < 0x80)
        {
            value = message[at++];
            return true;
        }

        return TryReadLongVarint(out value);
    }

    private bool TryReadLongVarint(out ulong value)
    {
        value = 0;
        for (var i = 0; i < MostVarintBytes && at < message.Length; i++)
        {
            var next = message[at++];
            value |= (ulong)(next & 0x7F) << (7 * i);
            if (next < 0x80)
            {
                return i < MostVarintBytes - 1 || next <= 1;
            }
        }

        return false;
    }

    private bool TryReadValue(WireType type)
    {
        Type = type;
        var left = message.Length - at;
        switch (type)
        {
            case WireType.Varint:
                var isNumber = TryReadVarint(out var number);
                Number = number;
                return isNumber;
            case WireType.Fixed32 when left >= sizeof(uint):
                Number = BinaryPrimitives.ReadUInt32LittleEndian(message[at..]);
                at += sizeof(uint);
                return true;
            case WireType.Fixed64 when left >= sizeof(ulong):
                Number = BinaryPrimitives.ReadUInt64LittleEndian(message[at..]);
                at += sizeof(ulong);
                return true;
            case WireType.Bytes when TryReadVarint(out var length) && length <= (ulong)(message.Length - at):
                Bytes = message.Slice(at, (int)length);
                at += (int)length;
                return true;
            default:
                return false;
        }
    }
}

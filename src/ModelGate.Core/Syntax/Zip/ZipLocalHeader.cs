using System.Buffers.Binary;
using ModelGate.Bytes;
using ModelGate.Faults;

namespace ModelGate.Syntax.Zip;

/// <summary>The header in front of an entry's content: it must say what the central directory says.</summary>
internal static class ZipLocalHeader
{
    /// <summary>Bytes before the name.</summary>
    public const int Size = 30;

    private const uint Signature = 0x04034B50;

    // Sizes and checksum may be zero in front when they follow behind, and the UTF-8 bit says nothing about ASCII names.
    private const int ComparedFlags = 0xFFFF & ~(0x0800 | 0x0006);

    /// <summary>Reads the header, compares it with the central one, and says where the content begins.</summary>
    /// <exception cref="ArtifactFault">The headers contradict each other.</exception>
    public static long DataOffset(
        IByteSource source, long at, ReadOnlySpan<byte> central, ReadOnlySpan<byte> name, long size, long compressed, string shown)
    {
        // The name is at most as long as the limit for entry names, checked before.
        Span<byte> header = stackalloc byte[Size + name.Length];
        var read = source.Read(at, header);
        header = header[..read];
        if (read < Size || U32(header, 0) != Signature)
        {
            throw new ArtifactFault(FaultReason.HeaderMismatch, SafeText.Of($"there is no local header where the directory says that entry {shown} begins"), at);
        }

        if (U16(header, 26) != name.Length || !header[Size..].SequenceEqual(name))
        {
            throw new ArtifactFault(FaultReason.HeaderMismatch, SafeText.Of($"entry {shown} has another name in its local header"), at);
        }

        if ((U16(header, 6) & ComparedFlags) != (U16(central, 8) & ComparedFlags))
        {
            throw new ArtifactFault(FaultReason.UnsupportedFlag, SafeText.Of($"entry {shown} has the flags 0x{U16(header, 6):x4} in front and 0x{U16(central, 8):x4} in the directory"), at);
        }

        if (U16(header, 8) != U16(central, 10))
        {
            throw new ArtifactFault(FaultReason.HeaderMismatch, SafeText.Of($"entry {shown} names another compression in its local header"), at);
        }

        if ((U16(header, 6) & 8) == 0 && (U32(header, 14) != U32(central, 16) || Differs(U32(header, 18), compressed) || Differs(U32(header, 22), size)))
        {
            throw new ArtifactFault(FaultReason.HeaderMismatch, SafeText.Of($"entry {shown} has another size or checksum in its local header"), at);
        }

        return at + Size + name.Length + U16(header, 28);
    }

    private static bool Differs(uint local, long central) => local != 0xFFFFFFFF && local != central;

    private static ushort U16(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);

    private static uint U32(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);
}

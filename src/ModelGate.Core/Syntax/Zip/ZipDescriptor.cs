using System.Buffers.Binary;
using ModelGate.Bytes;
using ModelGate.Faults;

namespace ModelGate.Syntax.Zip;

/// <summary>The data descriptor behind an entry's content: its checksum and sizes once more, for whoever reads the archive from front to back (APPNOTE 4.3.9).</summary>
internal static class ZipDescriptor
{
    private const uint Signature = 0x08074B50;

    /// <summary>Requires that a descriptor says what the directory says.</summary>
    /// <remarks>The signature is optional, and sizes take four or eight bytes each, whatever the sizes are: any of the four forms will do.</remarks>
    /// <exception cref="ArtifactFault">It says something else.</exception>
    public static void Verify(IByteSource source, ZipEntry entry)
    {
        Span<byte> bytes = stackalloc byte[24];
        bytes = bytes[..source.Read(entry.DataEnd, bytes)];
        if (!Says(bytes, entry) && !(bytes.Length >= 4 && BinaryPrimitives.ReadUInt32LittleEndian(bytes) == Signature && Says(bytes[4..], entry)))
        {
            throw new ArtifactFault(FaultReason.HeaderMismatch, SafeText.Of($"entry {entry.Name} has another size or checksum behind its content"), entry.DataEnd);
        }
    }

    private static bool Says(ReadOnlySpan<byte> bytes, ZipEntry entry)
        => bytes.Length >= 12 && BinaryPrimitives.ReadUInt32LittleEndian(bytes) == entry.Crc32
            && ((BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]) == entry.CompressedSize && BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]) == entry.Size)
                || (bytes.Length >= 20 && BinaryPrimitives.ReadInt64LittleEndian(bytes[4..]) == entry.CompressedSize && BinaryPrimitives.ReadInt64LittleEndian(bytes[12..]) == entry.Size));
}

using System.Buffers.Binary;
using ModelGate.Bytes;
using ModelGate.Faults;

namespace ModelGate.Readers.Wave;

/// <summary>The sizes that do not fit into 32 bits (EBU Tech 3306, ITU-R BS.2088): the first chunk of an RF64 or BW64 file.</summary>
/// <param name="RiffBytes">The length of the file but for its first eight bytes.</param>
/// <param name="DataBytes">The length of the data chunk.</param>
/// <param name="End">Where the next chunk begins.</param>
internal sealed record Ds64(long RiffBytes, long DataBytes, long End)
{
    private const int ShortestBytes = 28;
    private const int TableEntryBytes = 12;

    /// <summary>Reads the chunk that begins at <paramref name="offset"/>.</summary>
    /// <exception cref="ArtifactFault">Reason <c>ds64</c> or <c>truncated</c>.</exception>
    public static Ds64 Read(IByteSource source, long offset)
    {
        Span<byte> chunk = stackalloc byte[8 + ShortestBytes];
        source.ReadExactly(offset, chunk, "the ds64 chunk");
        if (!chunk.StartsWith("ds64"u8))
        {
            throw new ArtifactFault(FaultReason.Ds64, SafeText.Of($"a file of 64-bit sizes begins with a ds64 chunk"), offset);
        }

        long size = BinaryPrimitives.ReadUInt32LittleEndian(chunk[4..]);
        var end = offset + 8 + size + (size & 1);
        var riff = BinaryPrimitives.ReadInt64LittleEndian(chunk[8..]);
        var data = BinaryPrimitives.ReadInt64LittleEndian(chunk[16..]);
        long entries = BinaryPrimitives.ReadUInt32LittleEndian(chunk[32..]);
        if (size < ShortestBytes + (entries * TableEntryBytes) || end > source.Length)
        {
            throw new ArtifactFault(FaultReason.Ds64, SafeText.Of($"a ds64 chunk of {size} bytes with a table of {entries} entries does not fit"), offset);
        }

        if (riff < 0 || data < 0)
        {
            throw new ArtifactFault(FaultReason.Ds64, SafeText.Of($"the ds64 chunk says sizes of {(ulong)riff} and {(ulong)data} bytes"), offset + 8);
        }

        return new Ds64(riff, data, end);
    }
}

using ModelGate.Artifacts;

namespace ModelGate.Readers.Elements;

/// <summary>Numbers of two, four or six bits, packed flat over the whole tensor with the lowest bits first: one byte each when read.</summary>
/// <param name="storage">The packed bytes.</param>
/// <param name="bits">The width of one number.</param>
internal sealed class PackedTensorData(StorageBytes storage, int bits) : ITensorData
{
    private const int BlockBytes = 4096;

    /// <summary>How many bytes so many numbers take.</summary>
    public static Int128 Bytes(long elements, int bits) => (((Int128)elements * bits) + 7) / 8;

    /// <inheritdoc/>
    public void CopyElements(long first, Span<byte> destination)
    {
        // One byte more, so that the last number can be read as the two bytes that it may span.
        Span<byte> packed = stackalloc byte[BlockBytes + 1];
        while (!destination.IsEmpty)
        {
            var bit = (Int128)first * bits;
            var begin = (long)(bit / 8);
            var skip = (int)(bit % 8);
            var count = Math.Min(destination.Length, ((BlockBytes * 8) - skip) / bits);
            var bytes = packed[..((skip + (count * bits) + 7) / 8)];
            storage.Read(begin, bytes);
            packed[bytes.Length] = 0;
            for (var i = 0; i < count; i++)
            {
                var at = skip + (i * bits);
                var pair = packed[at / 8] | (packed[(at / 8) + 1] << 8);
                destination[i] = (byte)((pair >> (at % 8)) & ((1 << bits) - 1));
            }

            destination = destination[count..];
            first += count;
        }
    }
}

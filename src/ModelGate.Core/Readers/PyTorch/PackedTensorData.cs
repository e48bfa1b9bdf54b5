using ModelGate.Artifacts;

namespace ModelGate.Readers.PyTorch;

/// <summary>Integers of two or four bits, packed flat over the whole tensor with the lowest bits first: one byte each when read.</summary>
/// <param name="storage">The packed bytes.</param>
/// <param name="perByte">How many integers stand in a byte.</param>
internal sealed class PackedTensorData(StorageBytes storage, int perByte) : ITensorData
{
    /// <inheritdoc/>
    public void CopyElements(long first, Span<byte> destination)
    {
        var bits = 8 / perByte;
        Span<byte> packed = stackalloc byte[4096];
        while (!destination.IsEmpty)
        {
            var skip = (int)(first % perByte);
            var count = Math.Min(destination.Length, (packed.Length * perByte) - skip);
            var bytes = packed[..((skip + count + perByte - 1) / perByte)];
            storage.Read(first / perByte, bytes);
            for (var i = 0; i < count; i++)
            {
                var at = skip + i;
                destination[i] = (byte)((bytes[at / perByte] >> (at % perByte * bits)) & ((1 << bits) - 1));
            }

            destination = destination[count..];
            first += count;
        }
    }
}

using ModelGate.Artifacts;
using ModelGate.Bytes;

namespace ModelGate.Readers.Elements;

/// <summary>Elements that lie in a file one after another, in row-major order.</summary>
/// <param name="source">Holds the bytes.</param>
/// <param name="start">Where the first element begins.</param>
/// <param name="type">The element type.</param>
/// <param name="bigEndian">Whether numbers are in big-endian order.</param>
internal sealed class ContiguousTensorData(IByteSource source, long start, DType type, bool bigEndian = false) : ITensorData
{
    /// <inheritdoc/>
    public long Position => start;

    /// <inheritdoc/>
    public void CopyElements(long first, Span<byte> destination)
    {
        source.ReadExactly(start + (first * type.ItemSize()), destination, "a tensor");
        if (bigEndian)
        {
            ByteOrder.Swap(destination, ByteOrder.Unit(type));
        }
    }
}

using ModelGate.Artifacts;

namespace ModelGate.Readers.Elements;

/// <summary>Elements that stand in memory already, in row-major order.</summary>
/// <param name="bytes">The elements.</param>
/// <param name="item">The length of one.</param>
internal sealed class BytesTensorData(byte[] bytes, int item) : ITensorData
{
    /// <inheritdoc/>
    public void CopyElements(long first, Span<byte> destination)
        => bytes.AsSpan(checked((int)(first * item)), destination.Length).CopyTo(destination);
}

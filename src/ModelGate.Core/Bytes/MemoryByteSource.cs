namespace ModelGate.Bytes;

/// <summary>Bytes in memory.</summary>
/// <param name="bytes">The bytes.</param>
internal sealed class MemoryByteSource(ReadOnlyMemory<byte> bytes) : IByteSource
{
    /// <inheritdoc/>
    public long Length => bytes.Length;

    /// <inheritdoc/>
    public int Read(long offset, Span<byte> destination)
    {
        if (offset < 0 || offset >= bytes.Length)
        {
            return 0;
        }

        var available = bytes.Span[(int)offset..];
        var count = Math.Min(available.Length, destination.Length);
        available[..count].CopyTo(destination);
        return count;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}

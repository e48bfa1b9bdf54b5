namespace ModelGate.Bytes;

/// <summary>A range of another source: a file within a file. Closing it closes nothing.</summary>
/// <param name="source">The source around it.</param>
/// <param name="start">Where the range begins.</param>
/// <param name="length">How long it is; the caller has seen that it fits.</param>
internal sealed class RangeByteSource(IByteSource source, long start, long length) : IByteSource
{
    /// <inheritdoc/>
    public long Length => length;

    /// <inheritdoc/>
    public int Read(long offset, Span<byte> destination)
        => offset < 0 || offset >= length ? 0 : source.Read(start + offset, destination[..(int)Math.Min(destination.Length, length - offset)]);

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}

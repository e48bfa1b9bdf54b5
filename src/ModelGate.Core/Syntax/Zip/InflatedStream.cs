using System.IO.Compression;
using ModelGate.Bytes;
using ModelGate.Faults;

namespace ModelGate.Syntax.Zip;

/// <summary>A forward-only stream of a deflated entry's content, whose last bytes must be the last of the compressed ones: nothing hides behind them.</summary>
/// <param name="compressed">The compressed bytes.</param>
/// <param name="entry">The entry.</param>
internal sealed class InflatedStream(ByteSourceStream compressed, ZipEntry entry) : Stream
{
    private readonly HeldBack held = new(compressed);
    private DeflateStream? inflated;

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    /// <exception cref="ArtifactFault">Reason <c>hidden-bytes</c>: the content ended before the compressed bytes did.</exception>
    public override int Read(Span<byte> buffer)
    {
        var count = (inflated ??= new DeflateStream(held, CompressionMode.Decompress)).Read(buffer);
        return count > 0 || buffer.IsEmpty || held.IsDrained
            ? count
            : throw new ArtifactFault(
                FaultReason.HiddenBytes, SafeText.Of($"the deflated content of entry {entry.Name} ends before its {entry.CompressedSize} bytes do: what follows belongs to nothing"), entry.DataOffset);
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inflated?.Dispose();
            compressed.Dispose();
        }

        base.Dispose(disposing);
    }

    // The inflater reads ahead. The last byte is handed out alone, so that it is asked for only where the content really goes on up to it.
    private sealed class HeldBack(ByteSourceStream compressed) : Stream
    {
        public bool IsDrained => compressed.Position == compressed.Length;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => compressed.Length;

        public override long Position
        {
            get => compressed.Position;
            set => throw new NotSupportedException();
        }

        public override int Read(Span<byte> buffer)
        {
            var left = compressed.Length - compressed.Position;
            return compressed.Read(buffer[..(int)Math.Min(buffer.Length, Math.Max(left - 1, Math.Min(left, 1)))]);
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}

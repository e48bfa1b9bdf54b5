using ModelGate.Bytes;

namespace ModelGate.Tests.Evaluation.Measuring;

/// <summary>Bytes that count how many of them are read, and that can break off or call somebody on the way.</summary>
internal sealed class CountedBytes(byte[] bytes) : IByteSource
{
    private long read;

    /// <summary>How many bytes were handed out.</summary>
    public long BytesRead => Interlocked.Read(ref read);

    /// <summary>Where the bytes end although the length says otherwise.</summary>
    public long BreaksOffAt { get; init; } = long.MaxValue;

    /// <summary>Is called after each read with the number of bytes read so far.</summary>
    public Action<long>? OnRead { get; init; }

    public bool IsDisposed { get; private set; }

    public long Length => bytes.Length;

    public int Read(long offset, Span<byte> destination)
    {
        var end = Math.Min(bytes.Length, BreaksOffAt);
        if (offset >= end)
        {
            return 0;
        }

        var count = (int)Math.Min(destination.Length, end - offset);
        bytes.AsSpan((int)offset, count).CopyTo(destination);
        var total = Interlocked.Add(ref read, count);
        OnRead?.Invoke(total);
        return count;
    }

    public void Dispose() => IsDisposed = true;
}

namespace ModelGate.Bytes;

/// <summary>Tells how far a file is being read.</summary>
/// <param name="source">The bytes.</param>
/// <param name="name">What to call them.</param>
/// <param name="progress">Is told of every read.</param>
internal sealed class WatchedByteSource(IByteSource source, string name, IProgress<ReadProgress> progress) : IByteSource
{
    private readonly SafeText name = SafeText.From(name);

    /// <inheritdoc/>
    public long Length => source.Length;

    /// <inheritdoc/>
    public int Read(long offset, Span<byte> destination)
    {
        var count = source.Read(offset, destination);
        progress.Report(new ReadProgress(name, offset + count, Length));
        return count;
    }

    /// <inheritdoc/>
    public void Dispose() => source.Dispose();
}

/// <summary>How far a file is being read.</summary>
/// <param name="Name">The file.</param>
/// <param name="Position">The end of what was read last, in bytes.</param>
/// <param name="Length">The file's length in bytes.</param>
internal readonly record struct ReadProgress(SafeText Name, long Position, long Length);

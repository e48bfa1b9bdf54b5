using ModelGate.Bytes;
using ModelGate.Faults;

namespace ModelGate.Syntax.Zip;

/// <summary>The content of a deflated entry as a byte source: it goes forward only, and starts over where somebody goes back.</summary>
/// <param name="archive">The archive.</param>
/// <param name="entry">The entry.</param>
internal sealed class InflatedSource(ZipDirectory archive, ZipEntry entry) : IByteSource
{
    private const long MostAtOnce = 64 << 20;

    private readonly Lock gate = new();
    private byte[]? whole;
    private Stream? stream;
    private long position;

    /// <inheritdoc/>
    public long Length => entry.Size;

    /// <inheritdoc/>
    public int Read(long offset, Span<byte> destination)
    {
        if (offset < 0 || offset >= Length)
        {
            return 0;
        }

        var wanted = destination[..(int)Math.Min(destination.Length, Length - offset)];
        lock (gate)
        {
            if (Length > MostAtOnce)
            {
                Forward(offset, wanted);
            }
            else
            {
                if (whole is null)
                {
                    var bytes = new byte[Length];
                    Forward(0, bytes);
                    whole = bytes;
                }

                whole.AsSpan((int)offset, wanted.Length).CopyTo(wanted);
            }
        }

        return wanted.Length;
    }

    /// <inheritdoc/>
    public void Dispose() => stream?.Dispose();

    private void Forward(long offset, Span<byte> destination)
    {
        if (stream is null || position > offset)
        {
            stream?.Dispose();
            stream = ZipContent.Open(archive.Source, entry);
            position = 0;
        }

        Span<byte> passed = stackalloc byte[4096];
        while (position < offset)
        {
            position += Some(passed[..(int)Math.Min(passed.Length, offset - position)]);
        }

        while (!destination.IsEmpty)
        {
            var count = Some(destination);
            position += count;
            destination = destination[count..];
        }
    }

    private int Some(Span<byte> destination)
        => ZipContent.Inflate(stream!, destination, entry) is > 0 and var count
            ? count
            : throw new ArtifactFault(FaultReason.SizeMismatch, SafeText.Of($"entry {entry.Name} inflates to fewer bytes than it claims"), entry.DataOffset);
}

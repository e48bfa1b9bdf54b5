namespace ModelGate.Tool;

/// <summary>Reads lines of bytes, none longer than allowed.</summary>
/// <param name="stream">The stream.</param>
/// <param name="longest">Most bytes of a line.</param>
internal sealed class BoundedLines(Stream stream, int longest)
{
    private readonly byte[] buffer = new byte[1 << 16];
    private int at;
    private int end;

    /// <summary>Whether a line was longer than allowed.</summary>
    public bool IsTooLong { get; private set; }

    /// <summary>The next line without its end; null where there is none, or where it is too long. A last line without an end is none: whoever wrote it was stopped.</summary>
    /// <exception cref="OperationCanceledException">The caller waits no longer.</exception>
    public byte[]? Next(CancellationToken cancellation)
    {
        using var line = new MemoryStream();
        while (true)
        {
            if (at == end && !Fill(cancellation))
            {
                return null;
            }

            var rest = buffer.AsSpan(at, end - at);
            var length = rest.IndexOf((byte)'\n');
            line.Write(length < 0 ? rest : rest[..length]);
            at += length < 0 ? rest.Length : length + 1;
            if (line.Length > longest)
            {
                IsTooLong = true;
                return null;
            }

            if (length >= 0)
            {
                return line.ToArray();
            }
        }
    }

    private bool Fill(CancellationToken cancellation)
    {
        try
        {
            (at, end) = (0, stream.ReadAsync(buffer, cancellation).AsTask().GetAwaiter().GetResult());
            return end > 0;
        }
        catch (Exception fault) when (fault is IOException or ObjectDisposedException)
        {
            return false;
        }
    }
}

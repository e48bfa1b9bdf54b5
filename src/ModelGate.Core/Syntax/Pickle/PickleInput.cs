using System.Buffers.Binary;
using ModelGate.Bytes;
using ModelGate.Faults;

namespace ModelGate.Syntax.Pickle;

/// <summary>The bytes of pickles, seen through a window that slides over the source.</summary>
/// <remarks>A legacy file does not say where a pickle ends and the tensors begin, so the window must not run far ahead.</remarks>
internal sealed class PickleInput
{
    private const int WindowBytes = 64 << 10;

    private readonly IByteSource source;
    private readonly long end;
    private byte[] window;
    private int position;
    private int filled;
    private long windowStart;

    /// <summary>Looks at a range of a source.</summary>
    /// <param name="source">The bytes.</param>
    /// <param name="start">Where the pickles begin.</param>
    /// <param name="length">How many bytes may belong to them.</param>
    public PickleInput(IByteSource source, long start, long length)
    {
        this.source = source;
        windowStart = start;
        end = start + length;
        window = new byte[(int)Math.Min(WindowBytes, Math.Max(length, 16))];
    }

    /// <summary>The offset of the next byte in the source.</summary>
    public long Position => windowStart + position;

    /// <summary>How many bytes are left.</summary>
    public long Remaining => end - Position;

    /// <summary>The next byte.</summary>
    public byte ReadByte()
    {
        if (position == filled)
        {
            Fill(1);
        }

        return window[position++];
    }

    /// <summary>The next bytes; the span lives until the next read.</summary>
    public ReadOnlySpan<byte> Read(int count)
    {
        if (filled - position < count)
        {
            Fill(count);
        }

        position += count;
        return window.AsSpan(position - count, count);
    }

    /// <summary>A new array with the next bytes. The caller has checked the count against a limit and against what is left.</summary>
    public byte[] ReadArray(long count)
    {
        var bytes = source.ReadArray(Position, count, "a constant of the pickle");
        Skip(count);
        return bytes;
    }

    /// <summary>The bytes up to the next line feed, which is taken away.</summary>
    public ReadOnlySpan<byte> ReadLine(int longest)
    {
        var scanned = 0;
        while (true)
        {
            var at = window.AsSpan(position + scanned, filled - position - scanned).IndexOf((byte)'\n');
            if (at >= 0)
            {
                var line = Read(scanned + at + 1);
                return line[..^1];
            }

            scanned = filled - position;
            if (scanned > longest)
            {
                throw ReadBudget.Exceeded(nameof(ReadLimits.PickleLineBytes), SafeText.Of($"a line of the pickle is longer than {longest} bytes"), Position);
            }

            Fill(scanned + 1);
        }
    }

    /// <summary>The next two bytes as an unsigned integer.</summary>
    public ushort ReadUInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Read(2));

    /// <summary>The next four bytes as a signed integer.</summary>
    public int ReadInt32() => BinaryPrimitives.ReadInt32LittleEndian(Read(4));

    /// <summary>The next eight bytes as an unsigned integer.</summary>
    public ulong ReadUInt64() => BinaryPrimitives.ReadUInt64LittleEndian(Read(8));

    private void Skip(long count)
    {
        if (count <= filled - position)
        {
            position += (int)count;
            return;
        }

        windowStart = Position + count;
        position = filled = 0;
    }

    private void Fill(int count)
    {
        if (count > Remaining)
        {
            throw new ArtifactFault(FaultReason.Truncated, SafeText.Of($"the pickle ends where {count} more bytes were expected"), Position);
        }

        var kept = window.AsSpan(position, filled - position);
        if (window.Length < count)
        {
            var wider = new byte[Math.Max(count, Math.Min(window.Length * 2, Array.MaxLength))];
            kept.CopyTo(wider);
            window = wider;
        }
        else
        {
            kept.CopyTo(window);
        }

        windowStart += position;
        filled -= position;
        position = 0;
        var want = (int)Math.Min(window.Length - filled, end - windowStart - filled);
        filled += source.Read(windowStart + filled, window.AsSpan(filled, want));
        if (filled < count)
        {
            throw new ArtifactFault(FaultReason.Truncated, SafeText.Of($"the pickle ends where {SafeText.Count(count, "byte was", "bytes were")} expected"), Position);
        }
    }
}

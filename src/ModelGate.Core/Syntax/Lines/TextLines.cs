using System.Text;
using System.Text.Unicode;
using ModelGate.Bytes;
using ModelGate.Faults;

namespace ModelGate.Syntax.Lines;

/// <summary>The lines of a text file, one after the other, in memory that does not grow with the file, as a terminal would have left them.</summary>
/// <remarks>
/// UTF-8, UTF-16 with or without its mark, and lines in the code pages of Windows where they are not UTF-8; every kind of line end, so that each state of a
/// progress bar is a line; colour codes are taken out, NUL characters are left out. Nothing here throws for content but a line over the limit.
/// </remarks>
internal sealed class TextLines(IByteSource source, ReadBudget budget)
{
    private const int BufferBytes = 64 << 10;

    private readonly UnmarkedText unmarked = new();
    private byte[] buffer = [];
    private char[] text = new char[1024];
    private Decoder? decoder;
    private long offset;
    private int start;
    private int scanned;
    private int end;
    private bool hasEnded;

    /// <summary>Whether bytes were found that are not valid in the file's encoding.</summary>
    public bool HasInvalidText { get; private set; }

    /// <summary>Whether NUL characters were found; they are left out.</summary>
    public bool HasNul { get; private set; }

    /// <summary>Whether some lines end in a lone carriage return, and are not the states of a progress bar.</summary>
    public bool HasLoneReturns { get; private set; }

    /// <summary>Whether the last line has no line end: the file may have been cut off.</summary>
    public bool EndsWithinLine { get; private set; }

    /// <summary>Whether the file is UTF-16.</summary>
    public bool IsUtf16 { get; private set; }

    /// <summary>Whether the file begins with a byte order mark, which is left out.</summary>
    public bool HasByteOrderMark { get; private set; }

    /// <summary>The code page of lines that are not UTF-8, such as <c>GBK</c>; null where there are none.</summary>
    public string? CodePage => unmarked.Name;

    /// <summary>The number of bytes that were read so far.</summary>
    public long Offset => offset;

    /// <summary>Reads the next line, without its end.</summary>
    /// <param name="line">The line; it is good until the next call.</param>
    /// <exception cref="ArtifactFault">The line is over the limit, or the time is spent.</exception>
    public bool TryRead(out ReadOnlySpan<char> line)
    {
        while (true)
        {
            var found = buffer.AsSpan(scanned, end - scanned).IndexOfAny((byte)'\n', (byte)'\r');
            if (found < 0)
            {
                scanned = end;
                if (Fill())
                {
                    continue;
                }

                // The second byte of a line feed in UTF-16 that was added to other text is no line.
                var rest = buffer.AsSpan(start, end - start);
                if (!rest.ContainsAnyExcept((byte)0))
                {
                    HasNul |= !rest.IsEmpty;
                    start = scanned = end;
                    line = default;
                    return false;
                }

                EndsWithinLine = true;
                line = Decode(rest);
                start = scanned = end;
                return true;
            }

            var at = scanned + found;
            var isReturn = buffer[at] == '\r';
            if (isReturn && at + 1 == end && !hasEnded)
            {
                // Whether a line feed follows, the next bytes say.
                var before = at - start;
                scanned = at;
                Fill();
                at = start + before;
            }

            var pair = !isReturn ? 0 : buffer.AsSpan(at + 1, end - at - 1) switch
            {
                [(byte)'\n', ..] => 1,
                [0, (byte)'\n', ..] => 2,
                _ => 0,
            };
            line = Decode(buffer.AsSpan(start, at - start));
            HasLoneReturns |= isReturn && pair == 0 && !IsProgress(line);
            start = scanned = at + 1 + pair;
            return true;
        }
    }

    /// <summary>The lines without their ends.</summary>
    /// <exception cref="ArtifactFault">A line is over the limit, or the time is spent.</exception>
    public IEnumerable<string> Read()
    {
        while (Next() is { } line)
        {
            yield return line;
        }
    }

    /// <summary>The encoding by its byte-order mark or, for UTF-16 without one, by its NUL bytes; else UTF-8.</summary>
    public static Encoding EncodingOf(ReadOnlySpan<byte> head, out int markLength)
    {
        (var encoding, markLength) = head switch
        {
            [0xEF, 0xBB, 0xBF, ..] => (Encoding.UTF8, 3),
            [0xFF, 0xFE, ..] => (Encoding.Unicode, 2),
            [0xFE, 0xFF, ..] => (Encoding.BigEndianUnicode, 2),
            _ => (ByNul(head), 0),
        };
        return encoding;
    }

    // The characters of a log are mostly ASCII, whose other byte is NUL: Windows' shells write UTF-16 without a mark where they add to a file.
    private static Encoding ByNul(ReadOnlySpan<byte> head)
    {
        var (even, odd) = (0, 0);
        for (var i = 0; i + 1 < head.Length; i += 2)
        {
            even += head[i] == 0 ? 1 : 0;
            odd += head[i + 1] == 0 ? 1 : 0;
        }

        var pairs = head.Length / 2;
        return odd * 2 > pairs && even * 20 <= pairs ? Encoding.Unicode
            : even * 2 > pairs && odd * 20 <= pairs ? Encoding.BigEndianUnicode
            : Encoding.UTF8;
    }

    private static bool IsProgress(ReadOnlySpan<char> line)
        => line.IsWhiteSpace() || line.Contains("%|", StringComparison.Ordinal) || line.Contains("it/s", StringComparison.Ordinal) || line.Contains("s/it", StringComparison.Ordinal);

    private ArtifactFault TooLong()
        => ReadBudget.Exceeded(nameof(ReadLimits.LogLineBytes), SafeText.Of($"a line is longer than {budget.Limits.LogLineBytes} bytes"), offset);

    private string? Next() => TryRead(out var line) ? line.ToString() : null;

    private bool Fill()
    {
        budget.Checkpoint();
        if (buffer.Length == 0)
        {
            Begin();
        }

        if (hasEnded)
        {
            return false;
        }

        if (end - start > budget.Limits.LogLineBytes)
        {
            throw TooLong();
        }

        MakeRoom();
        var read = decoder is null ? source.Read(offset, buffer.AsSpan(end)) : ReadUtf16();
        hasEnded = read == 0;
        if (decoder is null)
        {
            (offset, end) = (offset + read, end + read);
        }

        return !hasEnded;
    }

    private void Begin()
    {
        buffer = new byte[BufferBytes];
        var head = buffer.AsSpan(0, source.Read(0, buffer.AsSpan(0, 4096)));
        var encoding = EncodingOf(head, out var mark);
        offset = mark;
        HasByteOrderMark = mark > 0;
        if (encoding != Encoding.UTF8)
        {
            IsUtf16 = true;
            decoder = encoding.GetDecoder();
        }
    }

    private void MakeRoom()
    {
        if (start > 0)
        {
            buffer.AsSpan(start, end - start).CopyTo(buffer);
            (scanned, end, start) = (scanned - start, end - start, 0);
        }

        if (buffer.Length - end < BufferBytes / 2)
        {
            Array.Resize(ref buffer, buffer.Length * 2);
        }
    }

    // A UTF-16 unit becomes three bytes of UTF-8 at most. Returns the bytes that were read.
    private int ReadUtf16()
    {
        Span<byte> raw = stackalloc byte[4096];
        Span<char> units = stackalloc char[2050];
        var read = source.Read(offset, raw[..Math.Min(raw.Length, (buffer.Length - end) / 3)]);
        offset += read;
        var count = decoder!.GetChars(raw[..read], units, flush: read == 0);
        end += Encoding.UTF8.GetBytes(units[..count], buffer.AsSpan(end));
        return read;
    }

    private ReadOnlySpan<char> Decode(ReadOnlySpan<byte> line)
    {
        if (line.Length > budget.Limits.LogLineBytes)
        {
            throw TooLong();
        }

        if (text.Length < line.Length)
        {
            text = new char[Math.Max(line.Length, text.Length * 2)];
        }

        if (Ascii.ToUtf16(line, text, out var length) != System.Buffers.OperationStatus.Done)
        {
            length = Utf8.IsValid(line) ? Encoding.UTF8.GetChars(line, text) : unmarked.Decode(line, text);
            HasInvalidText |= text.AsSpan(0, length).Contains('\uFFFD');
        }

        var characters = text.AsSpan(0, length);
        if (characters.IndexOfAny('\0', '\e', '\b') is >= 0 and var first)
        {
            HasNul |= characters[first..].Contains('\0');
            length = TerminalText.Clean(characters, first);
        }

        return text.AsSpan(0, length);
    }
}

using System.Text;
using ModelGate.Bytes;
using ModelGate.Faults;

namespace ModelGate.Syntax.Lines;

/// <summary>The lines of a text file, one after the other, in memory that does not grow with the file.</summary>
/// <remarks>UTF-8, or UTF-16 with its mark; every kind of line end; bytes that are not text become U+FFFD. Nothing here throws for content but a line over the limit.</remarks>
internal sealed class TextLines(IByteSource source, ReadBudget budget)
{
    private const int BufferBytes = 64 << 10;

    /// <summary>Whether bytes were found that are not valid in the file's encoding.</summary>
    public bool HasInvalidText { get; private set; }

    /// <summary>Whether NUL characters were found; they are left out.</summary>
    public bool HasNul { get; private set; }

    /// <summary>Whether some lines end in a lone carriage return.</summary>
    public bool HasLoneReturns { get; private set; }

    /// <summary>Whether the last line has no line end: the file may have been cut off.</summary>
    public bool EndsWithinLine { get; private set; }

    /// <summary>Whether the file is UTF-16.</summary>
    public bool IsUtf16 { get; private set; }

    /// <summary>The lines without their ends.</summary>
    /// <exception cref="ArtifactFault">A line is over the limit, or the time is spent.</exception>
    public IEnumerable<string> Read()
    {
        var bytes = new byte[BufferBytes];
        var offset = 0L;
        var decoder = Begin(ref offset).GetDecoder();
        var chars = new char[BufferBytes + 2];
        var line = new StringBuilder();
        var afterReturn = false;
        while (true)
        {
            budget.Checkpoint();
            var read = source.Read(offset, bytes);
            var count = decoder.GetChars(bytes.AsSpan(0, read), chars, flush: read == 0);
            for (var i = 0; i < count; i++)
            {
                var character = chars[i];
                if (character == '\n')
                {
                    yield return Take(line);
                    afterReturn = false;
                    continue;
                }

                if (afterReturn)
                {
                    HasLoneReturns = true;
                    afterReturn = false;
                    yield return Take(line);
                }

                if (character == '\r')
                {
                    afterReturn = true;
                }
                else if (character == '\0')
                {
                    HasNul = true;
                }
                else
                {
                    HasInvalidText |= character == '\uFFFD';
                    line.Append(character);
                    if (line.Length > budget.Limits.LogLineBytes)
                    {
                        throw ReadBudget.Exceeded(
                            nameof(ReadLimits.LogLineBytes), SafeText.Of($"a line is longer than {budget.Limits.LogLineBytes} characters"), offset + i);
                    }
                }
            }

            offset += read;
            if (read == 0)
            {
                break;
            }
        }

        if (line.Length > 0 || afterReturn)
        {
            HasLoneReturns |= afterReturn;
            EndsWithinLine = !afterReturn;
            yield return Take(line);
        }
    }

    private Encoding Begin(ref long offset)
    {
        Span<byte> mark = stackalloc byte[3];
        mark = mark[..source.Read(0, mark)];
        var encoding = EncodingOf(mark, out var length);
        IsUtf16 = encoding != Encoding.UTF8;
        offset = length;
        return encoding;
    }

    /// <summary>The encoding by its byte-order mark, UTF-8 without one.</summary>
    public static Encoding EncodingOf(ReadOnlySpan<byte> head, out int markLength)
    {
        (var encoding, markLength) = head switch
        {
            [0xEF, 0xBB, 0xBF, ..] => (Encoding.UTF8, 3),
            [0xFF, 0xFE, ..] => (Encoding.Unicode, 2),
            [0xFE, 0xFF, ..] => (Encoding.BigEndianUnicode, 2),
            _ => (Encoding.UTF8, 0),
        };
        return encoding;
    }

    private static string Take(StringBuilder line)
    {
        var text = line.ToString();
        line.Clear();
        return text;
    }
}

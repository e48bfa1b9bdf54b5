using System.Buffers;
using System.Text;
using ModelGate.Faults;
using ModelGate.Syntax.Pickle.Values;

namespace ModelGate.Syntax.Pickle;

/// <summary>Texts of a pickle. None is refused for its bytes: what is not UTF-8 becomes lone surrogates, which reports escape.</summary>
internal static class PickleTexts
{
    /// <summary>Decodes UTF-8; surrogates are kept, and stray bytes become U+DC80 and up, as in Python.</summary>
    public static string Utf8(ReadOnlySpan<byte> bytes) => Utf8(bytes, out _);

    /// <summary>The same, and whether Python reads the text: surrogates are allowed, stray bytes are not.</summary>
    public static string Utf8(ReadOnlySpan<byte> bytes, out bool isValid)
    {
        isValid = true;
        if (System.Text.Unicode.Utf8.IsValid(bytes))
        {
            return Encoding.UTF8.GetString(bytes);
        }

        var text = new StringBuilder(bytes.Length);
        while (!bytes.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(bytes, out var rune, out var consumed) == OperationStatus.Done)
            {
                text.Append(rune.ToString());
            }
            else if (bytes is [0xED, >= 0xA0 and <= 0xBF, >= 0x80 and <= 0xBF, ..])
            {
                text.Append((char)(0xD000 | ((bytes[1] & 0x3F) << 6) | (bytes[2] & 0x3F)));
                consumed = 3;
            }
            else
            {
                text.Append((char)(0xDC00 | bytes[0]));
                (consumed, isValid) = (1, false);
            }

            bytes = bytes[consumed..];
        }

        return text.ToString();
    }

    /// <summary>Python 2's str is text or bytes: here it is text where it is UTF-8.</summary>
    public static PickleValue Old(ReadOnlySpan<byte> bytes)
        => System.Text.Unicode.Utf8.IsValid(bytes) ? new PickleText(Encoding.UTF8.GetString(bytes)) : new PickleBytes(bytes.ToArray());

    /// <summary>The quoted line of a STRING opcode, with Python's escapes.</summary>
    public static PickleValue Quoted(ReadOnlySpan<byte> line, long offset)
    {
        line = line.TrimEnd(" \t\r"u8);
        if (line.Length < 2 || line[0] != line[^1] || line[0] is not ((byte)'\'' or (byte)'"'))
        {
            throw new ArtifactFault(FaultReason.BadString, SafeText.Of($"a string of the pickle has no matching quotes"), offset);
        }

        line = line[1..^1];
        var bytes = new ArrayBufferWriter<byte>(line.Length + 1);
        while (!line.IsEmpty)
        {
            var (value, length) = line[0] == '\\' ? Escape(line, offset) : (line[0], 1);
            if (length == 1 || value >= 0)
            {
                bytes.GetSpan(1)[0] = (byte)value;
                bytes.Advance(1);
            }

            line = line[length..];
        }

        return Old(bytes.WrittenSpan);
    }

    /// <summary>The line of a UNICODE opcode: Latin-1 with <c>\uXXXX</c> and <c>\UXXXXXXXX</c>.</summary>
    public static PickleText RawUnicode(ReadOnlySpan<byte> line)
    {
        var text = new StringBuilder(line.Length);
        for (var i = 0; i < line.Length;)
        {
            var digits = line[i..] switch { [(byte)'\\', (byte)'u', ..] => 4, [(byte)'\\', (byte)'U', ..] => 8, _ => 0 };
            if (digits > 0 && line.Length - i - 2 >= digits && TryHex(line.Slice(i + 2, digits), out var point) && point <= 0x10FFFF)
            {
                _ = point <= 0xFFFF ? text.Append((char)point) : text.Append(char.ConvertFromUtf32(point));
                i += 2 + digits;
            }
            else
            {
                text.Append((char)line[i++]);
            }
        }

        return new PickleText(text.ToString());
    }

    // The value is -1 for an escaped line end, which means nothing at all.
    private static (int Value, int Length) Escape(ReadOnlySpan<byte> line, long offset)
    {
        if (line.Length < 2)
        {
            throw new ArtifactFault(FaultReason.BadString, SafeText.Of($"a text of the pickle ends inside an escape"), offset);
        }

        switch ((char)line[1])
        {
            case 'n': return ('\n', 2);
            case 'r': return ('\r', 2);
            case 't': return ('\t', 2);
            case 'a': return (7, 2);
            case 'b': return (8, 2);
            case 'f': return (12, 2);
            case 'v': return (11, 2);
            case '\\' or '\'' or '"': return (line[1], 2);
            case '\n': return (-1, 2);
            case 'x' when line.Length >= 4 && TryHex(line.Slice(2, 2), out var hex): return (hex, 4);
            case >= '0' and <= '7':
                var (value, length) = (0, 1);
                while (length < 4 && length < line.Length && line[length] is >= (byte)'0' and <= (byte)'7')
                {
                    value = (value * 8) + line[length++] - '0';
                }

                return (value & 0xFF, length);
            case 'x':
                throw new ArtifactFault(FaultReason.BadString, SafeText.Of($"a text of the pickle has a broken escape"), offset);
            default:
                return ('\\', 1);
        }
    }

    private static bool TryHex(ReadOnlySpan<byte> digits, out int value)
        => int.TryParse(digits, System.Globalization.NumberStyles.AllowHexSpecifier, System.Globalization.CultureInfo.InvariantCulture, out value) && value >= 0;
}

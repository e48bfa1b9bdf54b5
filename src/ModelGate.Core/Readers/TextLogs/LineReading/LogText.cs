using System.Buffers;
using System.Globalization;
using ModelGate.Syntax.Lines;

namespace ModelGate.Readers.TextLogs.LineReading;

/// <summary>The parts that the lines of logs are made of.</summary>
internal static class LogText
{
    private const NumberStyles Number = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    // Digits and powers of ten up to here are exact in a double, and so is the rounding of their quotient.
    private const int ExactDigits = 15;

    private static readonly SearchValues<char> NumberCharacters = SearchValues.Create("+-.0123456789eE");
    private static readonly SearchValues<char> NumberEnds = SearchValues.Create(" \t,)]|");
    private static readonly double[] PowersOfTen = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

    /// <summary>Reads a number as Python prints it, also one that is not finite; one that is too great for a double is infinity to Python too.</summary>
    public static bool TryNumber(ReadOnlySpan<char> text, out double value)
    {
        text = text.Trim();
        if (TryPlain(text, out value))
        {
            return true;
        }

        if (NumberWords.TryParse(text, out value))
        {
            return true;
        }

        text = NumberWords.Unwrapped(text);
        return !text.ContainsAnyExcept(NumberCharacters) && double.TryParse(text, Number, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>Reads a whole number of digits alone.</summary>
    public static bool TryInteger(ReadOnlySpan<char> text, out long value) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);

    /// <summary>Takes the digits that a text begins with.</summary>
    public static bool TakeInteger(ref ReadOnlySpan<char> text, out long value)
    {
        var length = text.IndexOfAnyExceptInRange('0', '9');
        length = length < 0 ? text.Length : length;
        if (length == 0 || !TryInteger(text[..length], out value))
        {
            value = 0;
            return false;
        }

        text = text[length..];
        return true;
    }

    /// <summary>Takes the number that a text begins with, up to white space, a comma or a closing bracket.</summary>
    public static bool TakeNumber(ref ReadOnlySpan<char> text, out double value)
    {
        text = text.TrimStart();
        var length = text.IndexOfAny(NumberEnds);
        length = length < 0 ? text.Length : length;
        if (length == 0 || !TryNumber(text[..length], out value))
        {
            value = 0;
            return false;
        }

        text = text[length..];
        return true;
    }

    /// <summary>Takes what a text has to begin with.</summary>
    public static bool Take(ref ReadOnlySpan<char> text, ReadOnlySpan<char> expected)
    {
        if (!text.StartsWith(expected, StringComparison.Ordinal))
        {
            return false;
        }

        text = text[expected.Length..];
        return true;
    }

    /// <summary>What comes after a part of a text; false where the part is not in it.</summary>
    public static bool TryAfter(ReadOnlySpan<char> text, ReadOnlySpan<char> part, out ReadOnlySpan<char> rest)
    {
        var at = text.IndexOf(part, StringComparison.Ordinal);
        rest = at < 0 ? default : text[(at + part.Length)..];
        return at >= 0;
    }

    /// <summary>The last part of a path.</summary>
    public static ReadOnlySpan<char> FileName(ReadOnlySpan<char> path)
    {
        path = path.Trim().TrimEnd("/\\");
        return path[(path.LastIndexOfAny('/', '\\') + 1)..];
    }

    /// <summary>What stands between the first two quotation marks of a text; empty where there are none.</summary>
    public static ReadOnlySpan<char> Quoted(ReadOnlySpan<char> text)
    {
        var open = text.IndexOfAny('\'', '"');
        if (open < 0)
        {
            return default;
        }

        var rest = text[(open + 1)..];
        var close = rest.LastIndexOf(text[open]);
        return close < 0 ? default : rest[..close];
    }

    /// <summary>A label in lower case, with an underscore for what is neither letter nor digit: <c>Mel-Spec. Error</c> is <c>mel_spec_error</c>.</summary>
    public static string Snake(ReadOnlySpan<char> label)
    {
        Span<char> name = label.Length <= 256 ? stackalloc char[label.Length] : new char[label.Length];
        var length = 0;
        foreach (var character in label)
        {
            if (char.IsLetterOrDigit(character))
            {
                name[length++] = char.ToLowerInvariant(character);
            }
            else if (length > 0 && name[length - 1] != '_')
            {
                name[length++] = '_';
            }
        }

        return name[..length].TrimEnd('_').ToString();
    }

    /// <summary>The first time that a text states as <c>2023-06-15 17:38:27</c>, which says no zone; null where it states none.</summary>
    public static DateTimeOffset? Time(ReadOnlySpan<char> text)
    {
        const string Shape = "0000-00-00 00:00:00";
        for (var dash = 0; dash < text.Length; dash++)
        {
            var next = text[dash..].IndexOf('-');
            if (next < 0)
            {
                return null;
            }

            dash += next;
            var at = dash - 4;
            if (at >= 0 && at + Shape.Length <= text.Length && char.IsAsciiDigit(text[at])
                && DateTime.TryParseExact(text.Slice(at, Shape.Length), "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
            {
                return new DateTimeOffset(time, TimeSpan.Zero);
            }
        }

        return null;
    }

    private static bool TryPlain(ReadOnlySpan<char> text, out double value)
    {
        value = 0;
        var isNegative = text.Length > 0 && text[0] == '-';
        var digits = isNegative ? text[1..] : text;
        if (digits.IsEmpty || digits.Length > ExactDigits + 1)
        {
            return false;
        }

        var (mantissa, point) = (0L, -1);
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = digits[i] - '0';
            if ((uint)digit <= 9)
            {
                mantissa = (mantissa * 10) + digit;
            }
            else if (digits[i] == '.' && point < 0 && digits.Length > 1)
            {
                point = i;
            }
            else
            {
                return false;
            }
        }

        if (point < 0 && digits.Length > ExactDigits)
        {
            return false;
        }

        value = point < 0 ? mantissa : mantissa / PowersOfTen[digits.Length - 1 - point];
        value = isNegative ? -value : value;
        return true;
    }
}

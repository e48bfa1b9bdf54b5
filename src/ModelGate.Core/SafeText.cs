using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace ModelGate;

/// <summary>
/// One line of printable text in which whatever came from a file has been made harmless: the only text that reports accept.
/// </summary>
/// <remarks>
/// Controls (C0, DEL, C1), line and paragraph separators, bidirectional and zero-width marks, tag characters, unassigned and
/// private code points and lone surrogates appear as <c>\n</c>, <c>\x1b</c> or <c>\u{202E}</c>. Every other character stays.
/// A report format still escapes what is special in that format.
/// </remarks>
internal readonly struct SafeText : IEquatable<SafeText>
{
    /// <summary>The longest excerpt, in characters, that one untrusted value contributes to a message.</summary>
    public const int LongestExcerpt = 300;

    private readonly string? value;

    private SafeText(string value) => this.value = value;

    /// <summary>The text: one line, no control characters.</summary>
    public string Value => value ?? "";

    /// <summary>Whether there is no text at all.</summary>
    public bool IsEmpty => string.IsNullOrEmpty(value);

    /// <summary>The empty text.</summary>
    public static SafeText Empty => default;

    /// <summary>Makes a value from a file harmless, and cuts it at <paramref name="longest"/> characters.</summary>
    public static SafeText From(string? untrusted, int longest = LongestExcerpt)
    {
        if (string.IsNullOrEmpty(untrusted))
        {
            return default;
        }

        var builder = new StringBuilder(Math.Min(untrusted.Length, longest));
        Append(builder, untrusted, longest);
        return new SafeText(builder.ToString());
    }

    /// <summary>A message: its literal parts are kept as written, every inserted text is made harmless.</summary>
    public static SafeText Of(Message message) => new(message.Text);

    /// <summary>A count with its noun, in the plural where it is not one: <c>1 key</c>, <c>2 keys</c>.</summary>
    /// <param name="count">The count.</param>
    /// <param name="one">What follows one: <c>byte follows</c>.</param>
    /// <param name="many">What follows any other count; the noun with an s where it is left out.</param>
    public static SafeText Count(long count, string one, string? many = null) => Of($"{count} {From(count == 1 ? one : many ?? one + "s")}");

    /// <summary>Joins texts with a separator.</summary>
    public static SafeText Join(string separator, IEnumerable<SafeText> texts)
        => new(string.Join(From(separator).Value, texts.Select(t => t.Value)));

    /// <inheritdoc/>
    public bool Equals(SafeText other) => string.Equals(Value, other.Value, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is SafeText other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Value.GetHashCode(StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => Value;

    /// <summary>Compares the texts ordinally.</summary>
    public static bool operator ==(SafeText left, SafeText right) => left.Equals(right);

    /// <summary>Compares the texts ordinally.</summary>
    public static bool operator !=(SafeText left, SafeText right) => !left.Equals(right);

    private static void Append(StringBuilder builder, ReadOnlySpan<char> text, int longest)
    {
        var end = builder.Length + longest;
        while (!text.IsEmpty)
        {
            if (builder.Length >= end)
            {
                builder.Append('…');
                return;
            }

            var status = Rune.DecodeFromUtf16(text, out var rune, out var consumed);
            if (status != OperationStatus.Done)
            {
                builder.Append(CultureInfo.InvariantCulture, $"\\u{{{(int)text[0]:X4}}}");
                consumed = 1;
            }
            else if (IsPlain(rune))
            {
                builder.Append(text[..consumed]);
            }
            else
            {
                AppendEscaped(builder, rune.Value);
            }

            text = text[consumed..];
        }
    }

    private static void AppendEscaped(StringBuilder builder, int codePoint)
    {
        _ = codePoint switch
        {
            '\n' => builder.Append("\\n"),
            '\r' => builder.Append("\\r"),
            '\t' => builder.Append("\\t"),
            < 0x100 => builder.Append(CultureInfo.InvariantCulture, $"\\x{codePoint:x2}"),
            _ => builder.Append(CultureInfo.InvariantCulture, $"\\u{{{codePoint:X4}}}"),
        };
    }

    private static bool IsPlain(Rune rune)
    {
        if (rune.IsAscii)
        {
            return rune.Value is >= 0x20 and < 0x7F;
        }

        // Hangul fillers, Khmer's inherent vowels, the grapheme joiner, selectors of variants and the Braille blank are letters, marks or symbols by category, and invisible all the same.
        if (rune.Value is 0x034F or 0x17B4 or 0x17B5 or (>= 0x180B and <= 0x180F) or 0x115F or 0x1160 or 0x3164 or 0xFFA0 or 0x2800 or (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0000 and <= 0xE0FFF))
        {
            return false;
        }

        return Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate
            or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator or UnicodeCategory.SpaceSeparator);
    }

    /// <summary>Builds a message: literals as written, numbers in the invariant culture, all other values made harmless.</summary>
    [InterpolatedStringHandler]
    public readonly ref struct Message
    {
        private readonly StringBuilder builder;

        /// <summary>Called by the compiler.</summary>
        public Message(int literalLength, int formattedCount) => builder = new StringBuilder(literalLength + (formattedCount * 16));

        internal string Text => builder.ToString();

        /// <summary>Appends a literal part of the message, which the source code holds.</summary>
        public void AppendLiteral(string literal) => builder.Append(literal);

        /// <summary>Appends text from a file.</summary>
        public void AppendFormatted(string? untrusted) => Append(builder, untrusted, LongestExcerpt);

        /// <summary>Appends text that is already safe.</summary>
        public void AppendFormatted(SafeText safe) => builder.Append(safe.Value);

        /// <summary>Appends a number or another formattable value in the invariant culture.</summary>
        public void AppendFormatted<T>(T value, string? format = null)
            where T : IFormattable
            => Append(builder, value.ToString(format, CultureInfo.InvariantCulture), LongestExcerpt);
    }
}

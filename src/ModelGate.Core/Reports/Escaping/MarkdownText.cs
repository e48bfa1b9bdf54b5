using System.Globalization;
using System.Text;

namespace ModelGate.Reports.Escaping;

/// <summary>Text in Markdown that stays text: no markup, link, image, HTML, mention or reference comes of it, in a table cell as elsewhere.</summary>
internal static class MarkdownText
{
    /// <summary>An invisible space. Hosts look for mentions in the finished page, where an escaped <c>@</c> is an <c>@</c> again.</summary>
    private const string Break = "&#8203;";

    /// <summary>A sentence.</summary>
    public static string Prose(string text)
    {
        var escaped = new StringBuilder(text.Length + 16);
        var trimmed = text.AsSpan().TrimStart();
        for (var at = 0; at < trimmed.Length; at++)
        {
            var character = trimmed[at];
            escaped = IsPlain(trimmed, at) ? escaped.Append(character) : Entity(escaped, character);
            if (character is '@' or '#' or '$' || EndsReference(trimmed[..(at + 1)], trimmed[(at + 1)..]))
            {
                escaped.Append(Break);
            }
        }

        return escaped.ToString();
    }

    /// <summary>A name, in a code span.</summary>
    public static string Code(string text)
    {
        // Between backticks everything but a backtick, a pipe in a table and blanks at the ends is itself. Names of files and tensors
        // hold none of them as a rule; for whatever else, the element and entities do the same.
        return text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-' or '/') ? $"`{text}`" : CodeElement(text);
    }

    /// <summary>A name, in the element of a code span: for where HTML stands, in which Markdown is not read.</summary>
    public static string CodeElement(string text)
    {
        if (text.Length == 0)
        {
            return "";
        }

        var escaped = new StringBuilder("<code>", text.Length * 2);
        for (var at = 0; at < text.Length; at++)
        {
            var character = text[at];
            escaped = char.IsAsciiLetterOrDigit(character) || character is ' ' or '.' or '/' or '-' or > '\x7F' ? escaped.Append(character) : Entity(escaped, character);
            if (character is '@' or '#' || EndsReference(text.AsSpan(0, at + 1), text.AsSpan(at + 1)))
            {
                escaped.Append(Break);
            }
        }

        return escaped.Append("</code>").ToString();
    }

    private static bool IsPlain(ReadOnlySpan<char> text, int at)
    {
        var character = text[at];
        var rest = text[(at + 1)..];
        if (char.IsAsciiLetterOrDigit(character) || character > '\x7F')
        {
            return true;
        }

        // At a line's start, "-", "+", "1." and "1)" begin a list; within a word, "_" is not emphasis.
        return character switch
        {
            '_' => at > 0 && char.IsAsciiLetterOrDigit(text[at - 1]) && rest.Length > 0 && char.IsAsciiLetterOrDigit(rest[0]),
            '-' or '+' => at > 0 || (rest.Length > 0 && char.IsAsciiLetterOrDigit(rest[0])),
            '.' or ')' => !(rest.IsEmpty || rest[0] == ' ') || text[..at].ContainsAnyExceptInRange('0', '9'),
            _ => character is ' ' or ',' or ';' or '(' or '%' or '=' or '/' or ':' or '\'' or '"',
        };
    }

    private static StringBuilder Entity(StringBuilder escaped, char character) => escaped.Append(CultureInfo.InvariantCulture, $"&#{(int)character};");

    // "www.", "://", ":name:" and "GH-" begin what hosts make a link or a picture of without any markup.
    private static bool EndsReference(ReadOnlySpan<char> text, ReadOnlySpan<char> rest)
        => text.EndsWith("www", StringComparison.OrdinalIgnoreCase) || text.EndsWith("GH-", StringComparison.OrdinalIgnoreCase)
            || (text[^1] == ':' && !rest.StartsWith(' '));
}

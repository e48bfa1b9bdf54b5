namespace ModelGate.Syntax.Lines;

/// <summary>Takes out of a line what a terminal obeys and does not show: colours and other escape sequences, and what a backspace erased.</summary>
internal static class TerminalText
{
    /// <summary>Cleans a line in place.</summary>
    /// <param name="line">The line.</param>
    /// <param name="first">The first character that may have to go.</param>
    /// <returns>The characters that are left.</returns>
    public static int Clean(Span<char> line, int first)
    {
        var length = first;
        for (var i = first; i < line.Length; i++)
        {
            switch (line[i])
            {
                case '\0':
                    break;
                case '\b':
                    length = Math.Max(0, length - 1);
                    break;
                case '\e':
                    i = EndOfSequence(line, i);
                    break;
                default:
                    line[length++] = line[i];
                    break;
            }
        }

        return length;
    }

    // ECMA-48: ESC [ parameters and a final character; ESC ] text and BEL or ESC \; else intermediate characters and a final one.
    private static int EndOfSequence(ReadOnlySpan<char> line, int escape)
    {
        if (escape + 1 >= line.Length)
        {
            return escape;
        }

        var rest = line[(escape + 2)..];
        int? found = line[escape + 1] switch
        {
            '[' => rest.IndexOfAnyInRange('@', '~'),
            ']' => rest.IndexOfAny('\a', '\e'),
            >= ' ' and <= '/' => rest.IndexOfAnyInRange('0', '~'),
            _ => null,
        };
        return found switch
        {
            null => escape + 1,
            < 0 => line.Length,
            var at when line[escape + 1] == ']' && rest[at.Value] == '\e' => Math.Min(line.Length, escape + 3 + at.Value),
            var at => escape + 2 + at.Value,
        };
    }
}

namespace ModelGate.Syntax.Lines;

/// <summary>What programs write in the place of a number that is not finite.</summary>
/// <remarks>
/// In any case and with either sign: <c>nan</c>, <c>inf</c> and <c>infinity</c> (C99, Python, Java, .NET), <c>1.#IND</c>, <c>1.#QNAN</c>, <c>1.#INF</c> and <c>nan(ind)</c> (Microsoft's C library). They
/// may stand in <c>tensor(…)</c> or <c>np.float64(…)</c>, as PyTorch and NumPy print a scalar, in brackets or in quotation marks.
/// </remarks>
internal static class NumberWords
{
    private const string Brackets = "[](){}'\"";

    private static readonly string[] Wrappers = ["tensor(", "np.float64(", "np.float32(", "np.float16(", "array("];

    /// <summary>Reads a number that is not finite; false for everything else.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out double value)
    {
        text = Unwrapped(text).Trim(Brackets).Trim();
        var isNegative = text.StartsWith("-", StringComparison.Ordinal);
        text = isNegative || text.StartsWith("+", StringComparison.Ordinal) ? text[1..] : text;
        value = Is(text, "nan") || StartsWith(text, "nan(") || StartsWith(text, "1.#IND") || StartsWith(text, "1.#QNAN") || StartsWith(text, "1.#SNAN") ? double.NaN
            : !Is(text, "inf") && !Is(text, "infinity") && !StartsWith(text, "1.#INF") ? 0
            : isNegative ? double.NegativeInfinity
            : double.PositiveInfinity;
        return value != 0;
    }

    /// <summary>The number in <c>tensor(0.25, device='cuda:0')</c>, also where the end was cut off; the text itself where it is not of this form.</summary>
    public static ReadOnlySpan<char> Unwrapped(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        foreach (var wrapper in Wrappers)
        {
            if (text.StartsWith(wrapper, StringComparison.Ordinal))
            {
                text = text[wrapper.Length..];
                var end = text.IndexOf(',');
                return (end < 0 ? text : text[..end]).TrimEnd(')');
            }
        }

        return text;
    }

    /// <summary>
    /// Whether a line speaks of NaN, or gives something the value of infinity: as words, neither in longer ones nor in a path. Infinity elsewhere is where a trainer begins to
    /// look for its best value (<c>improved from inf to 0.53</c>).
    /// </summary>
    public static bool AreIn(ReadOnlySpan<char> line)
        => line.Contains("1.#", StringComparison.Ordinal) || Stands(line, "nan", isValue: false)
            || (!line.Contains("best", StringComparison.OrdinalIgnoreCase) && (Stands(line, "inf", isValue: true) || Stands(line, "infinity", isValue: true)));

    private static bool Stands(ReadOnlySpan<char> line, ReadOnlySpan<char> word, bool isValue)
    {
        for (var rest = line; rest.IndexOf(word, StringComparison.OrdinalIgnoreCase) is >= 0 and var at; rest = rest[(at + word.Length)..])
        {
            var start = line.Length - rest.Length + at;
            var end = start + word.Length;
            if ((start == 0 || IsEdge(line[start - 1])) && (end == line.Length || IsEdge(line[end]))
                && (!isValue || line[..start].TrimEnd(" -+").EndsWith(":", StringComparison.Ordinal) || line[..start].TrimEnd(" -+").EndsWith("=", StringComparison.Ordinal)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsEdge(char character) => !char.IsLetterOrDigit(character) && character is not ('_' or '/' or '\\' or '.');

    private static bool Is(ReadOnlySpan<char> text, ReadOnlySpan<char> word) => text.Equals(word, StringComparison.OrdinalIgnoreCase);

    private static bool StartsWith(ReadOnlySpan<char> text, ReadOnlySpan<char> word) => text.StartsWith(word, StringComparison.OrdinalIgnoreCase);
}

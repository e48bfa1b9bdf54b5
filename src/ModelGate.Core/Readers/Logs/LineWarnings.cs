using ModelGate.Syntax.Lines;

namespace ModelGate.Readers.Logs;

/// <summary>What was odd about the text of a log.</summary>
internal static class LineWarnings
{
    /// <summary>One sentence for each, once all lines were read.</summary>
    public static IEnumerable<SafeText> Of(TextLines lines)
    {
        if (lines.IsUtf16)
        {
            yield return SafeText.Of($"the log is UTF-16");
        }

        if (lines.CodePage is { } codePage)
        {
            yield return SafeText.Of($"the log is not UTF-8: read as {codePage}");
        }

        if (lines.HasInvalidText)
        {
            yield return SafeText.Of($"some bytes are not valid text");
        }

        if (lines.HasNul)
        {
            yield return SafeText.Of($"there are NUL characters, which were left out");
        }

        if (lines.HasLoneReturns)
        {
            yield return SafeText.Of($"some lines end in a lone carriage return");
        }

        if (lines.EndsWithinLine)
        {
            yield return SafeText.Of($"the last line has no end: the log may have been cut off");
        }
    }
}

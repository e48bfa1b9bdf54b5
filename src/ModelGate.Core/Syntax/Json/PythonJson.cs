namespace ModelGate.Syntax.Json;

/// <summary>What Python's json module writes beyond JSON: the bare words <c>NaN</c>, <c>Infinity</c> and <c>-Infinity</c>.</summary>
internal static class PythonJson
{
    private static readonly (byte[] Word, byte[] Number)[] Words =
    [
        ("NaN"u8.ToArray(), "0.0"u8.ToArray()),
        ("Infinity"u8.ToArray(), "0.000000"u8.ToArray()),
        ("-Infinity"u8.ToArray(), "-0.000000"u8.ToArray()),
    ];

    /// <summary>
    /// Puts a number of the same length in the place of each of these words where a value may stand, so that a JSON reader finds
    /// every other byte where it was.
    /// </summary>
    /// <param name="most">After so many words and one more it stops.</param>
    /// <returns>The offsets of the words, ascending.</returns>
    public static List<int> Replace(Span<byte> text, int most)
    {
        var found = new List<int>();
        for (var at = 0; at < text.Length && found.Count <= most; at++)
        {
            var next = text[at..].IndexOfAny("\"NI"u8);
            if (next < 0)
            {
                break;
            }

            at += next;
            if (text[at] == (byte)'"')
            {
                at = EndOfString(text, at);
                continue;
            }

            var start = at > 0 && text[at - 1] == (byte)'-' ? at - 1 : at;
            foreach (var (word, number) in Words)
            {
                if (text[start..].StartsWith(word) && IsEdge(start == 0 ? null : text[start - 1]) && IsEdge(start + word.Length == text.Length ? null : text[start + word.Length]))
                {
                    found.Add(start);
                    number.CopyTo(text[start..]);
                    at = start + word.Length - 1;
                    break;
                }
            }
        }

        return found;
    }

    /// <summary>The value of a word, by the number that is in its place.</summary>
    public static double ValueOf(ReadOnlySpan<byte> number)
        => number.Length == Words[0].Number.Length ? double.NaN : number[0] == (byte)'-' ? double.NegativeInfinity : double.PositiveInfinity;

    /// <summary>The value of a text that is one of the words, as Python or JavaScript writes them; null of any other.</summary>
    public static double? ValueOfWord(ReadOnlySpan<byte> text)
        => text.SequenceEqual("NaN"u8) || text.SequenceEqual("nan"u8) ? double.NaN
            : text.SequenceEqual("Infinity"u8) || text.SequenceEqual("inf"u8) ? double.PositiveInfinity
            : text.SequenceEqual("-Infinity"u8) || text.SequenceEqual("-inf"u8) ? double.NegativeInfinity
            : null;

    // What the text ends in is behind it, and the loop is over.
    private static int EndOfString(ReadOnlySpan<byte> text, int at)
    {
        for (at++; at < text.Length && text[at] != (byte)'"'; at++)
        {
            if (text[at] == (byte)'\\')
            {
                at++;
            }
        }

        return at;
    }

    private static bool IsEdge(byte? neighbour) => neighbour is null or (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' or (byte)',' or (byte)':' or (byte)'[' or (byte)']' or (byte)'}';
}

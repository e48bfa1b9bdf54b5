using ModelGate.Artifacts;
using ModelGate.Syntax.Lines;

namespace ModelGate.Readers.Logs;

/// <summary>Looks for NaN and infinity in what of a log belongs to no series.</summary>
internal sealed class UnreadWords
{
    private const int LongestLine = 4096;
    private const int LongestText = 100;

    private long count;
    private string first = "";
    private long? firstBehind;
    private bool isFirstInPlace;

    /// <summary>Looks at a text that belongs to no series.</summary>
    /// <param name="text">A line or a cell.</param>
    /// <param name="isInPlaceOfValue">Whether it stands where a value of a series has to stand: then it counts whatever it says.</param>
    /// <param name="behind">The last step that was logged before it; null where none was: a configuration may speak of NaN.</param>
    public void Look(ReadOnlySpan<char> text, long? behind, bool isInPlaceOfValue)
    {
        if (behind is null || (!isInPlaceOfValue && !NumberWords.AreIn(text[..Math.Min(text.Length, LongestLine)])))
        {
            return;
        }

        if (count++ == 0)
        {
            text = text.Trim();
            (first, firstBehind, isFirstInPlace) = (text[..Math.Min(text.Length, LongestText)].ToString(), behind, isInPlaceOfValue);
        }
    }

    /// <summary>Forgets them: what comes is another run.</summary>
    public void Clear() => (count, first, firstBehind) = (0, "", null);

    /// <summary>What was found; null for nothing.</summary>
    public NotFiniteText? Build() => count == 0 ? null : new NotFiniteText(count, first, firstBehind) { IsInPlaceOfValue = isFirstInPlace };
}

namespace ModelGate.Signals.Curves.Joining;

/// <summary>Orders names by the numbers in them: <c>version_9</c> stands before <c>version_10</c>.</summary>
internal sealed class NumberedNames : IComparer<string>
{
    private NumberedNames()
    {
    }

    /// <summary>The order.</summary>
    public static NumberedNames Order { get; } = new();

    /// <inheritdoc/>
    public int Compare(string? x, string? y)
    {
        var (a, b) = (x ?? "", y ?? "");
        var (i, j) = (0, 0);
        while (i < a.Length && j < b.Length)
        {
            if (char.IsAsciiDigit(a[i]) && char.IsAsciiDigit(b[j]))
            {
                var one = Number(a, ref i);
                var other = Number(b, ref j);
                var byNumber = one.Length != other.Length ? one.Length.CompareTo(other.Length) : one.SequenceCompareTo(other);
                if (byNumber != 0)
                {
                    return byNumber;
                }
            }
            else if (a[i] != b[j])
            {
                return a[i].CompareTo(b[j]);
            }
            else
            {
                (i, j) = (i + 1, j + 1);
            }
        }

        var byLength = (a.Length - i).CompareTo(b.Length - j);
        return byLength != 0 ? byLength : string.CompareOrdinal(a, b);
    }

    private static ReadOnlySpan<char> Number(string text, ref int at)
    {
        var start = at;
        while (at < text.Length && char.IsAsciiDigit(text[at]))
        {
            at++;
        }

        return text.AsSpan(start, at - start).TrimStart('0');
    }
}

using System.Globalization;
using System.Text;

namespace ModelGate.Architecture.Keys;

/// <summary>
/// The notation for the indices of a module list, as reports print it and as a pattern in a configuration reads it:
/// <c>{0..3}</c> is a range, <c>{0,2,5..7}</c> a set of numbers and ranges.
/// </summary>
internal static class IndexSet
{
    private const int MostItems = 8;
    private const string To = "..";

    /// <summary>Ascending indices as one text: the index itself, or a set in braces; one of too many items ends in <c>...</c> and cannot be read back.</summary>
    public static string Format(ReadOnlySpan<int> indices)
    {
        if (indices.Length == 1)
        {
            return indices[0].ToString(CultureInfo.InvariantCulture);
        }

        var text = new StringBuilder("{");
        var items = 0;
        for (var start = 0; start < indices.Length; items++)
        {
            if (items == MostItems)
            {
                text.Append(",...");
                break;
            }

            var end = start + 1;
            while (end < indices.Length && indices[end] - indices[end - 1] == 1)
            {
                end++;
            }

            // Two neighbours are as short as a set, and read as what they are.
            end = end - start == 2 ? start + 1 : end;
            text.Append(items == 0 ? "" : ",").Append(CultureInfo.InvariantCulture, $"{indices[start]}");
            if (end - start > 1)
            {
                text.Append(CultureInfo.InvariantCulture, $"{To}{indices[end - 1]}");
            }

            start = end;
        }

        return text.Append('}').ToString();
    }

    /// <summary>Reads one item of a set, a number or a range; null where it is neither. Three dots, as transformers prints them, are read as two.</summary>
    public static (int First, int Last)? Item(ReadOnlySpan<char> item)
    {
        var dots = item.IndexOf(To, StringComparison.Ordinal);
        if (dots < 0)
        {
            return Number(item) is { } number ? (number, number) : null;
        }

        var rest = item[(dots + To.Length)..];
        return Number(item[..dots]) is { } first && Number(rest.StartsWith(".", StringComparison.Ordinal) ? rest[1..] : rest) is { } last && first <= last
            ? (first, last)
            : null;
    }

    private static int? Number(ReadOnlySpan<char> text)
        => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}

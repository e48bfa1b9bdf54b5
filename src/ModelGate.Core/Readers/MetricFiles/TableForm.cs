using System.Text;
using ModelGate.Readers.Json;

namespace ModelGate.Readers.MetricFiles;

/// <summary>What the first bytes of a table say of the rest, where no role says what it is.</summary>
internal static class TableForm
{
    /// <summary>
    /// Whether the first two rows are those of a table of numbers: as many cells in both, at least two; the names do not begin as
    /// numbers and dates do; and below one of them is a number.
    /// </summary>
    public static bool IsOfNumbers(ReadOnlySpan<byte> head)
    {
        head = head[JsonForm.MarkLength(head)..];
        if (head.ContainsAnyInRange((byte)0, (byte)8) || head.IndexOfAny((byte)'\r', (byte)'\n') is not (> 0 and var end))
        {
            return false;
        }

        var text = Encoding.UTF8.GetString(head).AsSpan();
        var separator = MetricsCsv.SeparatorOf(head[..end]);
        var names = Row(ref text, separator);
        var values = Row(ref text, separator);
        // A decimal comma makes two cells of a number: the reader says so.
        var isBroken = separator == ',' && values.Count > names.Count && values.Count <= 2 * names.Count && values.All(v => MetricNumber.TryParse(v, out _));
        return names.Count >= 2 && (names.Count == values.Count || isBroken)
            && names.All(n => n.Length == 0 || char.IsLetter(n[0]) || n[0] is '_' or '(' or '%' or '#')
            && names.Zip(values).Any(c => c.First.Length > 0 && (MetricNumber.TryParse(c.Second, out _) || MetricNumber.HasDecimalComma(c.Second)));
    }

    private static List<string> Row(ref ReadOnlySpan<char> text, char separator)
    {
        var cells = new List<string>();
        var cell = new StringBuilder();
        var isQuoted = false;
        var at = 0;
        for (; at < text.Length && (isQuoted || text[at] is not ('\r' or '\n')); at++)
        {
            if (text[at] == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (text[at] == separator && !isQuoted)
            {
                cells.Add(cell.ToString().Trim());
                cell.Clear();
            }
            else
            {
                cell.Append(text[at]);
            }
        }

        cells.Add(cell.ToString().Trim());
        text = text[at..];
        text = text.StartsWith("\r\n", StringComparison.Ordinal) ? text[2..] : text.IsEmpty ? text : text[1..];
        return cells;
    }
}

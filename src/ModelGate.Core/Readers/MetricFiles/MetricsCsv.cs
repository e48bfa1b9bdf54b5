using ModelGate.Faults;
using nietras.SeparatedValues;

namespace ModelGate.Readers.MetricFiles;

/// <summary>Numbers by column, from a table whose first row names the columns; the separator is found in that row.</summary>
/// <remarks>Cells that are no numbers are passed over, so that a table may carry names and dates beside its numbers.</remarks>
internal static class MetricsCsv
{
    private const int MostColumns = 10_000;
    private const int LongestName = 1024;

    /// <summary>Reads the table.</summary>
    /// <exception cref="ArtifactFault">It is not a table, or two columns have the same name.</exception>
    public static void Read(ReadOnlyMemory<byte> text, MetricSeries series)
    {
        try
        {
            using var stream = new MemoryStream(text.ToArray(), writable: false);
            using var reader = Sep.Reader(options => options with { HasHeader = false, DisableColCountCheck = true, Unescape = true, CultureInfo = null }).From(stream);
            string[]? names = null;
            foreach (var row in reader)
            {
                if (names is null)
                {
                    names = Names(row);
                    continue;
                }

                if (row.ColCount > names.Length)
                {
                    throw new ArtifactFault(FaultReason.Csv, SafeText.Of($"line {row.LineNumberFrom} has {row.ColCount} cells, and the table has {names.Length} columns"));
                }

                for (var i = 0; i < row.ColCount; i++)
                {
                    if (names[i].Length > 0 && MetricNumber.TryParse(row[i].Span, out var value))
                    {
                        series.Add(names[i], value, null);
                    }
                }
            }
        }
        catch (Exception fault) when (fault is NotSupportedException or InvalidDataException)
        {
            // Sep says so of a row that is longer than its buffer may become, which is what an open quotation mark makes of the rest of a file.
            throw new ArtifactFault(FaultReason.Csv, SafeText.Of($"a row of the table does not end, or is too long"));
        }
    }

    private static string[] Names(SepReader.Row row)
    {
        if (row.ColCount > MostColumns)
        {
            throw new ArtifactFault(FaultReason.Limit, SafeText.Of($"the table has {row.ColCount} columns, at most {MostColumns} are read"));
        }

        var names = new string[row.ColCount];
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < names.Length; i++)
        {
            var name = row[i].Span.Trim();
            names[i] = name.Length <= LongestName ? name.ToString() : "";
            if (names[i].Length > 0 && !seen.Add(names[i]))
            {
                throw new ArtifactFault(FaultReason.DuplicateKey, SafeText.Of($"two columns are called {names[i]}"));
            }
        }

        return names;
    }
}

using ModelGate.Artifacts;
using ModelGate.Bytes;
using ModelGate.Faults;
using nietras.SeparatedValues;

namespace ModelGate.Readers.MetricFiles;

/// <summary>Numbers by column, from a table whose first row names the columns.</summary>
/// <remarks>
/// The separator is the one of comma, semicolon, tab and bar that the first row has most of. Cells that are empty or no numbers are passed over, so that a table may carry
/// names and dates beside its numbers. A column without a name, such as the index that pandas writes, is not read.
/// </remarks>
internal static class MetricsCsv
{
    private const string Separators = ",;\t|";

    /// <summary>Reads the table.</summary>
    /// <exception cref="ArtifactFault">It is not a table, or two columns have the same name.</exception>
    public static void Read(byte[] bytes, int start, MetricTree tree, ReadBudget budget)
    {
        var text = bytes.AsSpan(start);
        var end = text.IndexOfAny((byte)'\r', (byte)'\n');
        var separator = SeparatorOf(end < 0 ? text : text[..end]);
        RequireRows(text, start, (byte)separator, budget);
        try
        {
            using var stream = new MemoryStream(bytes, start, text.Length, writable: false);
            using var reader = Sep.New(separator).Reader(options => options with { HasHeader = false, DisableColCountCheck = true, Unescape = true, CultureInfo = null }).From(stream);
            MetricTree.Node?[]? columns = null;
            foreach (var row in reader)
            {
                if (columns is null)
                {
                    columns = Columns(row, tree);
                    continue;
                }

                if (row.ColCount > columns.Length)
                {
                    var hint = separator == ',' ? SafeText.Of($" (numbers with a decimal comma are two cells: write them with a point)") : SafeText.Empty;
                    throw new ArtifactFault(FaultReason.Csv, SafeText.Of($"line {row.LineNumberFrom} has {SafeText.Count(row.ColCount, "cell")}, and the table has {SafeText.Count(columns.Length, "column")}{hint}"));
                }

                budget.Cancellation.ThrowIfCancellationRequested();
                for (var i = 0; i < row.ColCount; i++)
                {
                    if (columns[i] is not { } column)
                    {
                        continue;
                    }

                    if (MetricNumber.TryParse(row[i].Span, out var value))
                    {
                        tree.Add(column, value, null);
                    }
                    else
                    {
                        column.Other ??= row[i].Span.IsWhiteSpace() ? null : MetricNumber.HasDecimalComma(row[i].Span) ? Metrics.DecimalComma : "text";
                    }
                }
            }
        }
        catch (Exception fault) when (fault is NotSupportedException or InvalidDataException)
        {
            throw new ArtifactFault(FaultReason.Csv, SafeText.Of($"the table cannot be split into rows and cells"));
        }
    }

    // A row is held whole, and an open quotation mark makes a row of the rest of the file.
    private static void RequireRows(ReadOnlySpan<byte> text, int start, byte separator, ReadBudget budget)
    {
        ReadOnlySpan<byte> ends = [(byte)'"', separator, (byte)'\n', (byte)'\r'];
        var (begin, cells, isQuoted) = (0, 1, false);
        for (var at = 0; at < text.Length; at++)
        {
            var next = isQuoted ? text[at..].IndexOf((byte)'"') : text[at..].IndexOfAny(ends);
            at = next < 0 ? text.Length : at + next;
            ReadBudget.Require(at - begin, budget.Limits.LogLineBytes, nameof(ReadLimits.LogLineBytes), "the length of a row", start + begin);
            if (at == text.Length)
            {
                break;
            }

            if (text[at] == (byte)'"')
            {
                isQuoted = !isQuoted;
            }
            else if (text[at] == separator)
            {
                ReadBudget.Require(++cells, budget.Limits.MetricNames, nameof(ReadLimits.MetricNames), "the number of columns", start + begin);
            }
            else
            {
                (begin, cells) = (at + 1, 1);
            }
        }

        if (isQuoted)
        {
            throw new ArtifactFault(FaultReason.Csv, SafeText.Of($"a quotation mark has no end"), start + begin);
        }
    }

    /// <summary>The separator of a table by its first line; what is in quotation marks does not count.</summary>
    public static char SeparatorOf(ReadOnlySpan<byte> line)
    {
        Span<int> counts = stackalloc int[Separators.Length];
        var isQuoted = false;
        foreach (var character in line)
        {
            isQuoted ^= character == (byte)'"';
            if (!isQuoted && Separators.IndexOf((char)character, StringComparison.Ordinal) is >= 0 and var which)
            {
                counts[which]++;
            }
        }

        var best = 0;
        for (var i = 1; i < counts.Length; i++)
        {
            best = counts[i] > counts[best] ? i : best;
        }

        return Separators[best];
    }

    private static MetricTree.Node?[] Columns(SepReader.Row row, MetricTree tree)
    {
        var columns = new MetricTree.Node?[row.ColCount];
        for (var i = 0; i < columns.Length; i++)
        {
            var name = row[i].Span.Trim().ToString();
            if (name.Length == 0)
            {
                continue;
            }

            var column = tree.Member(tree.Root, name, null);
            if (column.SeenIn > 0)
            {
                throw new ArtifactFault(FaultReason.DuplicateKey, SafeText.Of($"two columns are called {name}"));
            }

            column.SeenIn = 1;
            columns[i] = column;
        }

        return columns;
    }
}

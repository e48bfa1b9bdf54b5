using System.Text;
using ModelGate.Artifacts;
using ModelGate.Bytes;
using ModelGate.Readers.Logs;
using ModelGate.Readers.MetricFiles;

namespace ModelGate.Readers.RowLogs;

/// <summary>What the rows of a log come to that is a table, gathered row by row.</summary>
internal sealed class CsvLogTable(ReadBudget budget)
{
    private readonly TrainingLogBuilder log = new(budget);
    private readonly List<string> cells = [];
    private List<string> header = [];
    private LogSeries?[] columns = [];
    private char separator;
    private int stepColumn;
    private int epochColumn;
    private long rows;
    private long? last;
    private long notUnderstood;
    private long withoutStep;

    /// <summary>The number of values.</summary>
    public long Points => log.Points;

    /// <summary>Adds a line.</summary>
    public void Add(string line)
    {
        if (string.IsNullOrWhiteSpace(line))
        {
            return;
        }

        budget.Step(1 + (line.Length / 16));
        if (header.Count == 0)
        {
            separator = MetricsCsv.SeparatorOf(Encoding.UTF8.GetBytes(line));
        }

        Split(line, separator, cells);
        ReadBudget.Require(cells.Count, budget.Limits.MetricNames, nameof(ReadLimits.MetricNames), "the number of columns");
        if (header.Count == 0 || IsHeader())
        {
            BeginTable();
        }
        else
        {
            AddRow();
        }
    }

    /// <summary>What was gathered.</summary>
    public TrainingLog Build(string format, IEnumerable<SafeText> warnings) => log.Build(
        format,
        new Dictionary<string, MetadataValue>(),
        [
            .. warnings,
            .. notUnderstood == 0 ? [] : (SafeText[])[SafeText.Of($"{SafeText.Count(notUnderstood, "row does", "rows do")} not fit the header, and are not read")],
            .. stepColumn < 0 ? [SafeText.Of($"the table has no column of steps: its rows are counted")]
                : withoutStep == 0 ? [] : (SafeText[])[SafeText.Of($"{SafeText.Count(withoutStep, "row states", "rows state")} no step: placed at the step of the row before")],
        ]) with { NotUnderstood = notUnderstood };

    /// <summary>The cells of a line; quotation marks are taken off.</summary>
    public static void Split(ReadOnlySpan<char> line, char separator, List<string> cells)
    {
        cells.Clear();
        while (true)
        {
            var quote = line.IndexOf('"');
            var end = line.IndexOf(separator);
            if (quote < 0 || (end >= 0 && end < quote))
            {
                cells.Add((end < 0 ? line : line[..end]).Trim().ToString());
            }
            else
            {
                end = EndOfQuoted(line, separator);
                cells.Add((end < 0 ? line : line[..end]).Trim().Trim('"').ToString().Replace("\"\"", "\"", StringComparison.Ordinal));
            }

            if (end < 0)
            {
                return;
            }

            line = line[(end + 1)..];
        }
    }

    private static int EndOfQuoted(ReadOnlySpan<char> line, char separator)
    {
        var isQuoted = false;
        for (var i = 0; i < line.Length; i++)
        {
            isQuoted ^= line[i] == '"';
            if (!isQuoted && line[i] == separator)
            {
                return i;
            }
        }

        return -1;
    }

    // A trainer that was started again writes its header again, perhaps with other columns.
    private bool IsHeader() => stepColumn >= 0 && cells.Contains(header[stepColumn]);

    private void BeginTable()
    {
        header = [.. cells];
        stepColumn = StepNames.IndexIn(header);
        epochColumn = header.FindIndex(n => n.Equals(StepNames.Epoch, StringComparison.OrdinalIgnoreCase));
        columns = [.. header.Select((n, i) => n.Length == 0 || i == stepColumn || i == epochColumn ? null : log.Series(n))];
    }

    private void AddRow()
    {
        if (cells.Count > columns.Length)
        {
            notUnderstood++;
            log.Pass(string.Join(' ', cells));
            return;
        }

        rows++;
        var step = stepColumn < 0 ? rows : stepColumn < cells.Count && MetricNumber.TryParse(cells[stepColumn], out var number) ? StepNames.StepOf(number) : null;
        withoutStep += step is null ? 1 : 0;
        if ((step ?? last) is not { } at)
        {
            return;
        }

        last = at;
        log.Reach(at);
        if (epochColumn >= 0 && epochColumn < cells.Count && MetricNumber.TryParse(cells[epochColumn], out var epoch) && StepNames.StepOf(Math.Floor(epoch)) is { } whole)
        {
            log.Epoch(whole);
        }

        for (var i = 0; i < cells.Count; i++)
        {
            if (columns[i] is not { } series || MetricNumber.IsAbsent(cells[i]))
            {
                continue;
            }

            if (MetricNumber.TryParse(cells[i], out var value))
            {
                log.Add(series, at, value);
            }
            else
            {
                log.Pass(cells[i], isInPlaceOfValue: series.Curve is { Count: > 1 });
            }
        }
    }
}

using System.Text;
using ModelGate.Artifacts;
using ModelGate.Faults;
using ModelGate.Readers.Json;
using ModelGate.Readers.Logs;
using ModelGate.Readers.MetricFiles;
using ModelGate.Syntax.Lines;

namespace ModelGate.Readers.RowLogs;

/// <summary>Reads a log that is a table: the metrics.csv of Lightning's CSVLogger, and others with a column of steps.</summary>
/// <remarks>
/// CSVLogger leaves a cell empty where a row has no value of its column, counts steps from 0, and after a resumption may begin with another header
/// (https://github.com/Lightning-AI/pytorch-lightning/blob/master/src/lightning/fabric/loggers/csv_logs.py). A table without its columns cannot be told from a team's own numbers, so that the
/// role decides.
/// </remarks>
[Reader(ReaderAttribute.ByStructure + 33)]
internal sealed class CsvLogReader : ArtifactReader
{
    /// <inheritdoc/>
    public override string Format => "csv-log";

    /// <inheritdoc/>
    public override bool IsLog => true;

    /// <inheritdoc/>
    public override bool Recognises(ReadOnlySpan<byte> head)
        => Begin(head, out var header, out var row) && header.Contains("step") && header.Contains(StepNames.Epoch) && row.Count == header.Count
            && row.All(c => c.AsSpan().IsWhiteSpace() || MetricNumber.TryParse(c, out _)) && StepIn(row, header.IndexOf("step")) is not null;

    /// <inheritdoc/>
    public override bool RecognisesLog(ReadOnlySpan<byte> head)
        => Begin(head, out var header, out var row) && (StepNames.IndexIn(header) >= 0 ? StepIn(row, StepNames.IndexIn(header)) is not null || row.Count == 0 : TableForm.IsOfNumbers(head));

    /// <inheritdoc/>
    public override Artifact Read(ReadRequest request)
    {
        var (source, budget) = request;
        var lines = new TextLines(source, budget);
        var table = new CsvLogTable(budget);
        foreach (var line in lines.Read())
        {
            table.Add(line);
        }

        return table.Points == 0
            ? throw new ArtifactFault(FaultReason.NoLosses, SafeText.Of($"the table holds no number"))
            : table.Build(Format, LineWarnings.Of(lines));
    }

    private static long? StepIn(List<string> row, int column) => column < row.Count && MetricNumber.TryParse(row[column], out var value) ? StepNames.StepOf(value) : null;

    private static bool Begin(ReadOnlySpan<byte> head, out List<string> header, out List<string> row)
    {
        (header, row) = ([], []);
        var mark = JsonForm.MarkLength(head);
        if (!ForeignTexts.IsText(head) || head.IndexOfAny((byte)'\r', (byte)'\n') is not (> 0 and var end))
        {
            return false;
        }

        var separator = MetricsCsv.SeparatorOf(head[mark..end]);
        var next = head[end..].TrimStart("\r\n"u8);
        var nextEnd = next.IndexOfAny((byte)'\r', (byte)'\n');
        CsvLogTable.Split(Encoding.UTF8.GetString(head[mark..end]), separator, header);
        if (!next.IsEmpty)
        {
            CsvLogTable.Split(Encoding.UTF8.GetString(nextEnd < 0 ? next : next[..nextEnd]), separator, row);
        }

        return header.Count > 1 && header.All(n => n.Length == 0 || !(char.IsAsciiDigit(n[0]) || n[0] is '{' or '[' or '<'));
    }
}

using System.Text;
using System.Text.Json;
using ModelGate.Artifacts;
using ModelGate.Bytes;
using ModelGate.Faults;
using ModelGate.Readers.Json;
using ModelGate.Readers.Logs;
using ModelGate.Syntax.Json;
using ModelGate.Syntax.Lines;

namespace ModelGate.Readers.RowLogs;

/// <summary>Reads a log of JSON lines: an object a line, with the step among its numbers.</summary>
/// <remarks>By its content alone it cannot be told from a team's own numbers in the same form, so that the role decides.</remarks>
[Reader(ReaderAttribute.ByStructure + 34)]
internal sealed class JsonLinesLogReader : ArtifactReader
{
    /// <inheritdoc/>
    public override string Format => "json-lines-log";

    /// <inheritdoc/>
    public override bool IsLog => true;

    /// <summary>Never: its content tells it apart from no other lines of numbers.</summary>
    public override bool Recognises(ReadOnlySpan<byte> head) => false;

    /// <inheritdoc/>
    public override bool RecognisesLog(ReadOnlySpan<byte> head)
    {
        head = head[JsonForm.MarkLength(head)..].TrimStart(" \t\r\n"u8);
        var end = head.IndexOf((byte)'\n');
        var row = new LogRow(new ReadBudget(ReadLimits.Default));
        return head.StartsWith("{"u8) && TryRead((end < 0 ? head : head[..end]).ToArray(), isWhole: end >= 0, row, ReadLimits.Default) && row.Names.Count > 1 && StepNames.IndexIn(row.Names) >= 0;
    }

    /// <inheritdoc/>
    public override Artifact Read(ReadRequest request)
    {
        var (source, budget) = request;
        var lines = new TextLines(source, budget);
        var log = new TrainingLogBuilder(budget);
        var row = new LogRow(budget);
        var bytes = Array.Empty<byte>();
        var (last, notUnderstood, withoutStep) = ((long?)null, 0L, 0L);
        foreach (var line in lines.Read())
        {
            if (string.IsNullOrWhiteSpace(line))
            {
                continue;
            }

            if (Encoding.UTF8.GetMaxByteCount(line.Length) is var most && most > bytes.Length)
            {
                bytes = new byte[2 * most];
            }

            budget.Step(line.Length / 16);
            if (!TryRead(bytes.AsSpan(0, Encoding.UTF8.GetBytes(line, bytes)), isWhole: true, row, budget.Limits))
            {
                notUnderstood++;
                log.Pass(line);
            }
            else if (row.Names.Count > 0)
            {
                withoutStep += StepNames.IndexIn(row.Names) < 0 ? 1 : 0;
                last = row.AddTo(log, last) ?? last;
            }
        }

        SafeText[] warnings =
        [
            .. LineWarnings.Of(lines),
            .. notUnderstood == 0 ? [] : (SafeText[])[SafeText.Of($"{SafeText.Count(notUnderstood, "line is not a JSON object", "lines are not JSON objects")}, and not read")],
            .. withoutStep == 0 ? [] : (SafeText[])[SafeText.Of($"{SafeText.Count(withoutStep, "row states", "rows state")} no step: placed at the step of the row before, where there is one")],
        ];
        return log.Points == 0
            ? throw new ArtifactFault(FaultReason.NoLosses, SafeText.Of($"no line of the log has a step and a number"))
            : log.Build(Format, new Dictionary<string, MetadataValue>(), warnings) with { NotUnderstood = notUnderstood };
    }

    private static bool TryRead(Span<byte> text, bool isWhole, LogRow row, ReadLimits limits)
    {
        try
        {
            var words = PythonJson.Replace(text, limits.MetricValues);
            var reader = new Utf8JsonReader(text, isWhole, new JsonReaderState(StrictJson.Options(limits.Nesting)));
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return false;
            }

            row.Read(ref reader, words);
            return !reader.Read();
        }
        catch (Exception fault) when (fault is JsonException or ArtifactFault { Kind: FaultKind.Damaged })
        {
            return false;
        }
    }
}

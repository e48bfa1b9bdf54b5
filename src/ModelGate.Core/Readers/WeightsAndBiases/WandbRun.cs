using System.Text;
using System.Text.Json;
using ModelGate.Artifacts;
using ModelGate.Bytes;
using ModelGate.Faults;
using ModelGate.Readers.Logs;
using ModelGate.Readers.RowLogs;
using ModelGate.Syntax.Json;
using ModelGate.Syntax.Protobuf;

namespace ModelGate.Readers.WeightsAndBiases;

/// <summary>What the records of a run come to, gathered record by record.</summary>
/// <remarks>The fields: https://github.com/wandb/wandb/blob/main/wandb/proto/wandb_internal.proto.</remarks>
internal sealed class WandbRun(ReadBudget budget)
{
    private const int EntryBytes = 96;
    private const int LongestNumber = 64;
    private const double LatestTime = 1e11;

    private readonly TrainingLogBuilder log = new(budget);
    private readonly Dictionary<string, MetadataValue> configuration = new(StringComparer.Ordinal);
    private readonly List<(string Name, double Value)> numbers = [];
    private readonly LogRow nested = new(budget);
    private DateTimeOffset? writtenFrom;
    private long? last;
    private long notUnderstood;

    /// <summary>Adds a record.</summary>
    public void Add(ReadOnlySpan<byte> record)
    {
        var fields = new WireSpan(record);
        while (fields.Next())
        {
            if (fields.Type != WireType.Bytes)
            {
                continue;
            }

            switch (fields.Field)
            {
                case 2:
                    AddHistory(fields.Bytes);
                    break;
                case 5:
                    AddConfiguration(fields.Bytes);
                    break;
                case 17:
                    AddRun(fields.Bytes);
                    break;
                case 18 when ExitCode(fields.Bytes) == 0:
                    log.Event(new LogEvent(LogEventKind.Finished, last, "exit code 0"));
                    break;
            }
        }

        notUnderstood += fields.IsBroken ? 1 : 0;
    }

    /// <summary>What was gathered.</summary>
    public TrainingLog Build(string format, SafeText damage, long passedOver) => log.Build(format, configuration, [
        .. damage.IsEmpty ? [] : (SafeText[])[damage],
        .. passedOver == 0 ? [] : (SafeText[])[SafeText.Of($"{SafeText.Count(passedOver, "record is", "records are")} too long to be numbers, and not read")],
        .. notUnderstood == 0 ? [] : (SafeText[])[SafeText.Of($"{SafeText.Count(notUnderstood, "record is", "records are")} not what a run writes")],
        .. log.Points > 0 ? [] : (SafeText[])[SafeText.Of($"the run logged no number")],
    ]) with { WrittenFrom = writtenFrom, NotUnderstood = notUnderstood };

    private void AddHistory(ReadOnlySpan<byte> history)
    {
        numbers.Clear();
        var step = (long?)null;
        var fields = new WireSpan(history);
        while (fields.Next())
        {
            if (fields.Field == 1 && fields.Type == WireType.Bytes)
            {
                AddItem(fields.Bytes, ref step);
            }
            else if (fields.Field == 2 && fields.Type == WireType.Bytes)
            {
                var number = new WireSpan(fields.Bytes);
                step ??= number.Next() ? number.Field == 1 ? (long)number.Number : null : 0;
            }
        }

        notUnderstood += fields.IsBroken ? 1 : 0;
        last = step ?? last;
        foreach (var (name, value) in numbers)
        {
            log.Add(name, last ?? 0, value);
        }
    }

    private void AddItem(ReadOnlySpan<byte> item, ref long? step)
    {
        var (name, json) = Item(item);
        if (name == "_step")
        {
            step = Number(json) is { } number ? StepNames.StepOf(number) : step;
        }
        else if (name == "_timestamp")
        {
            writtenFrom ??= Number(json) is > 0 and < LatestTime and var time ? DateTimeOffset.UnixEpoch.AddSeconds(time) : null;
        }
        else if (name.StartsWith('_'))
        {
            return;
        }
        else if (Number(json) is { } value)
        {
            numbers.Add((name, value));
        }
        else if (json.StartsWith("{"u8))
        {
            AddNested(name, json.ToArray());
        }
    }

    // Pictures, tables and histograms are objects too; they say their type.
    private void AddNested(string name, Span<byte> json)
    {
        budget.Step(json.Length / 16);
        if (json.IndexOf("\"_type\""u8) >= 0)
        {
            return;
        }

        try
        {
            var words = PythonJson.Replace(json, budget.Limits.MetricValues);
            var reader = new Utf8JsonReader(json, StrictJson.Options(budget.Limits.Nesting));
            if (reader.Read())
            {
                nested.Read(ref reader, words);
                numbers.AddRange(nested.Names.Zip(nested.Values, (n, v) => ($"{name}.{n}", v)));
            }
        }
        catch (Exception fault) when (fault is JsonException or ArtifactFault { Kind: FaultKind.Damaged })
        {
            notUnderstood++;
        }
    }

    private void AddRun(ReadOnlySpan<byte> run)
    {
        var fields = new WireSpan(run);
        while (fields.Next())
        {
            if (fields.Field == 4 && fields.Type == WireType.Bytes)
            {
                AddConfiguration(fields.Bytes);
            }
            else if (fields.Field == 17 && fields.Type == WireType.Bytes)
            {
                var time = new WireSpan(fields.Bytes);
                writtenFrom ??= time.Next() && time is { Field: 1, Number: > 0 and < (ulong)LatestTime } ? DateTimeOffset.FromUnixTimeSeconds((long)time.Number) : null;
            }
        }
    }

    private void AddConfiguration(ReadOnlySpan<byte> update)
    {
        var fields = new WireSpan(update);
        while (fields.Next())
        {
            if (fields.Field != 1 || fields.Type != WireType.Bytes)
            {
                continue;
            }

            var (name, json) = Item(fields.Bytes);
            if (!name.StartsWith('_') && Scalar(json) is { } value)
            {
                budget.Keep(EntryBytes + (2L * (name.Length + json.Length)));
                configuration[name] = value;
            }
        }
    }

    // 1 key, 2 nested_key, 16 value_json: the same of history and of configuration.
    private static NamedJson Item(ReadOnlySpan<byte> item)
    {
        var fields = new WireSpan(item);
        var name = "";
        ReadOnlySpan<byte> json = default;
        while (fields.Next())
        {
            switch (fields.Field)
            {
                case 1 when fields.Type == WireType.Bytes:
                    name = Encoding.UTF8.GetString(fields.Bytes);
                    break;
                case 2 when fields.Type == WireType.Bytes:
                    name = name.Length == 0 ? Encoding.UTF8.GetString(fields.Bytes) : $"{name}.{Encoding.UTF8.GetString(fields.Bytes)}";
                    break;
                case 16 when fields.Type == WireType.Bytes:
                    json = fields.Bytes;
                    break;
            }
        }

        return new NamedJson(name, json);
    }

    private static double? Number(ReadOnlySpan<byte> json)
        => json.Length > LongestNumber ? null
            : PythonJson.ValueOfWord(json.Trim((byte)'"'))
            ?? (System.Buffers.Text.Utf8Parser.TryParse(json, out double value, out var consumed) && consumed == json.Length ? value : null);

    private static MetadataValue? Scalar(ReadOnlySpan<byte> json)
    {
        if (Number(json) is { } number)
        {
            return StepNames.StepOf(number) is { } whole && !json.ContainsAny(".eE"u8) ? new MetadataValue.Integer(whole) : new MetadataValue.Real(number);
        }

        try
        {
            var reader = new Utf8JsonReader(json);
            return !reader.Read() ? null : reader.TokenType switch
            {
                JsonTokenType.True or JsonTokenType.False => new MetadataValue.Bool(reader.TokenType == JsonTokenType.True),
                JsonTokenType.String => new MetadataValue.Text(StrictJson.Text(ref reader)),
                _ => null,
            };
        }
        catch (Exception fault) when (fault is JsonException or ArtifactFault)
        {
            return null;
        }
    }

    private static ulong ExitCode(ReadOnlySpan<byte> exit)
    {
        var fields = new WireSpan(exit);
        return fields.Next() && fields.Field == 1 ? fields.Number : 0;
    }

    private readonly ref struct NamedJson(string name, ReadOnlySpan<byte> json)
    {
        public string Name { get; } = name;

        public ReadOnlySpan<byte> Json { get; } = json;

        public void Deconstruct(out string key, out ReadOnlySpan<byte> value)
        {
            key = Name;
            value = Json;
        }
    }
}

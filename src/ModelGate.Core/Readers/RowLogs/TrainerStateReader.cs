using System.Text.Json;
using ModelGate.Artifacts;
using ModelGate.Bytes;
using ModelGate.Faults;
using ModelGate.Readers.Json;
using ModelGate.Readers.Logs;
using ModelGate.Syntax.Json;

namespace ModelGate.Readers.RowLogs;

/// <summary>Reads the trainer_state.json that Hugging Face's Trainer writes beside its checkpoints.</summary>
/// <remarks>https://huggingface.co/docs/transformers/main_classes/callback#transformers.TrainerState. Its log says a loss of exactly 0 where the loss was NaN.</remarks>
[Reader(ReaderAttribute.ByStructure + 26)]
internal sealed class TrainerStateReader : ArtifactReader
{
    private const int EntryBytes = 96;

    private static readonly byte[][] Members = ["\"log_history\""u8.ToArray(), "\"best_model_checkpoint\""u8.ToArray(), "\"is_local_process_zero\""u8.ToArray()];

    /// <inheritdoc/>
    public override string Format => "trainer-state";

    /// <inheritdoc/>
    public override bool IsLog => true;

    /// <inheritdoc/>
    public override bool Recognises(ReadOnlySpan<byte> head)
    {
        if (JsonForm.BeginsObject(head))
        {
            foreach (var member in Members)
            {
                if (head.IndexOf(member) is >= 0 and var at && head[(at + member.Length)..].TrimStart(" \t\r\n"u8) is [(byte)':', ..])
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <inheritdoc/>
    public override Artifact Read(ReadRequest request)
    {
        var (source, budget) = request;
        ReadBudget.Require(source.Length, budget.Limits.JsonBytes, nameof(ReadLimits.JsonBytes), "the length of the JSON document");
        var bytes = source.ReadArray(0, source.Length, "the trainer's state").AsSpan();
        var start = JsonForm.MarkLength(bytes);
        bytes = bytes[start..];
        budget.Step(bytes.Length / 16);
        var words = PythonJson.Replace(bytes, budget.Limits.MetricValues);
        var reader = new Utf8JsonReader(bytes, StrictJson.Options(budget.Limits.Nesting));
        try
        {
            return Read(ref reader, words, budget);
        }
        catch (JsonException fault)
        {
            throw new ArtifactFault(
                FaultReason.Json, SafeText.Of($"the trainer's state is not valid JSON (line {(fault.LineNumber ?? 0) + 1}, byte {(fault.BytePositionInLine ?? 0) + 1})"), start + reader.BytesConsumed);
        }
    }

    private TrainingLog Read(ref Utf8JsonReader reader, List<int> words, ReadBudget budget)
    {
        var log = new TrainingLogBuilder(budget);
        var state = new Dictionary<string, MetadataValue>(StringComparer.Ordinal);
        var withoutStep = 0L;
        StrictJson.Next(ref reader, JsonTokenType.StartObject, "an object");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = StrictJson.Text(ref reader);
            reader.Read();
            if (name == "log_history" && reader.TokenType == JsonTokenType.StartArray)
            {
                withoutStep += ReadHistory(ref reader, words, log, budget);
            }
            else if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
            {
                reader.Skip();
            }
            else if (ValueOf(ref reader, words) is { } value)
            {
                budget.Keep(EntryBytes + (2L * (name.Length + reader.ValueSpan.Length)));
                state[name] = value;
            }
        }

        if (reader.Read())
        {
            throw StrictJson.Unexpected(ref reader, "nothing after the document");
        }

        if (Number(state, StepNames.Epoch) is { } epoch && StepNames.StepOf(Math.Floor(epoch)) is { } whole)
        {
            log.Epoch(whole);
        }

        var result = log.Build(
            Format,
            state.Where(s => !s.Key.StartsWith("best_", StringComparison.Ordinal)).ToDictionary(s => s.Key, s => s.Value, StringComparer.Ordinal),
            withoutStep == 0 ? [] : [SafeText.Of($"{SafeText.Count(withoutStep, "row has", "rows have")} no step, and are not read")]);
        return result with { Best = BestOf(state, result.Series), NotUnderstood = withoutStep };
    }

    private static long ReadHistory(ref Utf8JsonReader reader, List<int> words, TrainingLogBuilder log, ReadBudget budget)
    {
        var row = new LogRow(budget);
        var withoutStep = 0L;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                reader.Skip();
                withoutStep++;
                continue;
            }

            row.Read(ref reader, words);
            var step = row.AddTo(log, null);
            withoutStep += step is null ? 1 : 0;

            // The trainer writes it behind its last step, also where it stopped early.
            if (step is not null && row.Names.Contains("train_runtime"))
            {
                log.Event(new LogEvent(LogEventKind.Finished, step, "train_runtime"));
            }
        }

        return withoutStep;
    }

    // The state does not name the metric: it is the one that had this value.
    private static RecordedBest? BestOf(Dictionary<string, MetadataValue> state, IReadOnlyList<ScalarSeries> series)
    {
        if (Number(state, "best_metric") is not { } value)
        {
            return null;
        }

        var step = Number(state, "best_global_step") is { } number ? StepNames.StepOf(number) : null;
        var names = series.Where(s => s.Points.Any(p => p.Value == value && (step is null || p.Step == step))).Select(s => s.Name).ToArray();
        var path = state.GetValueOrDefault("best_model_checkpoint") is MetadataValue.Text text ? text.Value.TrimEnd('/', '\\') : null;
        return new RecordedBest(names is [var name] ? name : "", value, step, path?[(path.LastIndexOfAny(['/', '\\']) + 1)..]);
    }

    private static double? Number(Dictionary<string, MetadataValue> state, string name) => state.GetValueOrDefault(name) switch
    {
        MetadataValue.Integer whole => whole.Value,
        MetadataValue.Real real => real.Value,
        _ => null,
    };

    private static MetadataValue? ValueOf(ref Utf8JsonReader reader, List<int> words) => reader.TokenType switch
    {
        JsonTokenType.String => new MetadataValue.Text(StrictJson.Text(ref reader)),
        JsonTokenType.True or JsonTokenType.False => new MetadataValue.Bool(reader.TokenType == JsonTokenType.True),
        JsonTokenType.Number when words.BinarySearch((int)reader.TokenStartIndex) >= 0 => new MetadataValue.Real(PythonJson.ValueOf(reader.ValueSpan)),
        JsonTokenType.Number => reader.TryGetInt64(out var whole) ? new MetadataValue.Integer(whole) : new MetadataValue.Real(reader.GetDouble()),
        _ => null,
    };
}

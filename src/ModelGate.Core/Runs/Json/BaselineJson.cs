using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using ModelGate.Bytes;
using ModelGate.Faults;

namespace ModelGate.Runs.Json;

/// <summary>A baseline as JSON, version 1: a line for each file and each number, in a fixed order, so that a review sees what moved.</summary>
internal static class BaselineJson
{
    private const int Version = 1;

    /// <summary>Writes a baseline as UTF-8, with a line feed at the end.</summary>
    public static void Write(Baseline baseline, Stream output)
    {
        var text = new StringBuilder();
        text.Append("{\n  \"baseline\": ").Append(Version).Append(",\n  \"tool\": ").Append(JsonText.Quoted(baseline.ToolVersion));
        if (baseline.Run is { } run)
        {
            text.Append(",\n  \"run\": ").Append(Line(DocumentOf(run), BaselineContext.Default.RunSummaryDocument));
        }

        text.Append(",\n  \"models\": [\n");
        for (var i = 0; i < baseline.Models.Count; i++)
        {
            var model = baseline.Models[i];
            text.Append("    {\n      \"name\": ").Append(JsonText.Quoted(model.Name.Value));
            if (model.Verdict is { } verdict)
            {
                text.Append(",\n      \"verdict\": ").Append(JsonText.Quoted(RecordWords.Of(verdict))).Append(",\n      \"stopped\": [").AppendJoin(", ", model.Stopped.Select(JsonText.Quoted)).Append(']');
            }

            text.Append(",\n      \"artifacts\": [\n");
            Lines(text, model.Artifacts, a => Line(new BaselineArtifactDocument(a.Path.Value, a.Role.Key(), a.Sha256), BaselineContext.Default.BaselineArtifactDocument));
            text.Append("      ],\n      \"values\": [\n");
            Lines(text, model.Values, v => Line(DocumentOf(v), BaselineContext.Default.BaselineValueDocument));
            text.Append("      ]\n    }").Append(i + 1 < baseline.Models.Count ? ",\n" : "\n");
        }

        text.Append("  ]\n}\n");
        output.Write(Encoding.UTF8.GetBytes(text.ToString()));
    }

    /// <summary>Whether a file's first bytes are those of a baseline: an object that begins with its version.</summary>
    public static bool Recognises(ReadOnlySpan<byte> head)
    {
        var rest = head.StartsWith("\uFEFF"u8) ? head[3..] : head;
        foreach (var token in new[] { "{", "\"baseline\"", ":" })
        {
            rest = rest.TrimStart(" \t\r\n"u8);
            var bytes = Encoding.UTF8.GetBytes(token);
            if (!rest.StartsWith(bytes))
            {
                return false;
            }

            rest = rest[bytes.Length..];
        }

        return rest.TrimStart(" \t\r\n"u8) is [>= (byte)'0' and <= (byte)'9', ..];
    }

    /// <summary>Reads a baseline.</summary>
    /// <exception cref="ArtifactFault">The bytes are not a baseline, or one of another version.</exception>
    public static Baseline Read(ReadOnlySpan<byte> utf8, ReadBudget budget)
    {
        ReadBudget.Require(utf8.Length, budget.Limits.JsonBytes, nameof(ReadLimits.JsonBytes), "the length of the baseline");
        try
        {
            var document = JsonSerializer.Deserialize(utf8.StartsWith("\uFEFF"u8) ? utf8[3..] : utf8, BaselineContext.Default.BaselineDocument) ?? throw Fault($"a baseline is an object");
            if (document.Baseline != Version)
            {
                throw Fault($"the baseline has version {document.Baseline}, and this version of ModelGate reads {Version}");
            }

            // The serializer checks members for null, and not what lists hold.
            if (document.Models.Any(m => m is null || m.Values.Contains(null!) || m.Artifacts.Contains(null!) || m.Stopped?.Contains(null!) == true))
            {
                throw Fault($"a list of the baseline contains null");
            }

            if (document.Models.GroupBy(m => m.Name, StringComparer.Ordinal).FirstOrDefault(g => g.Skip(1).Any()) is { } several)
            {
                throw Fault($"the baseline has the model {SafeText.From(several.Key)} more than once");
            }

            budget.Keep(256L * document.Models.Sum(m => (long)m.Values.Count + m.Artifacts.Count));
            return new Baseline([.. document.Models.Select(ModelOf)]) { ToolVersion = SafeText.From(document.Tool).Value, Run = document.Run is { } run ? RunOf(run) : null };
        }
        catch (JsonException fault)
        {
            throw Fault($"the baseline does not have the form that `modelgate baseline` writes (line {(fault.LineNumber ?? 0) + 1}{(fault.Path is null ? "" : ", at ")}{fault.Path})");
        }
        catch (InvalidOperationException)
        {
            // What the reader says of text that is not valid Unicode.
            throw Fault($"a text of the baseline is not valid Unicode");
        }
    }

    private static BaselineModel ModelOf(BaselineModelDocument model)
    {
        BaselineValue[] values = [.. model.Values.Select(ValueOf)];
        return values.GroupBy(v => (v.Signal, v.Subject.Value)).FirstOrDefault(g => g.Skip(1).Any()) is { } several
            ? throw Fault($"the baseline has {several.Key.Signal} of {several.First().Subject} more than once")
            : new BaselineModel(SafeText.From(model.Name, int.MaxValue), [.. model.Artifacts.Select(ArtifactOf)], values)
            {
                Verdict = model.Verdict is { } verdict ? VerdictOf(verdict) : null,
                Stopped = [.. (model.Stopped ?? []).Select(id => SafeText.From(id).Value)],
            };
    }

    private static Verdict VerdictOf(string word)
        => RecordWords.Find<Verdict>(word) is { } verdict ? verdict : throw Fault($"the baseline has the verdict {SafeText.From(word)}; it has to be passed, failed or inconclusive");

    private static RunSummary RunOf(RunSummaryDocument run) => new(
        new RunOrigin
        {
            Name = SafeText.From(run.Name),
            Date = run.Date is null ? null : RunOrigin.FindDate(run.Date) ?? throw Fault($"the baseline has the date {SafeText.From(run.Date)}; it has to be of the form 2026-11-28T09:30:00Z"),
            Commit = SafeText.From(run.Commit),
        },
        VerdictOf(run.Verdict));

    private static RunSummaryDocument DocumentOf(RunSummary run) => new(RecordWords.Of(run.Verdict))
    {
        Name = run.Origin.Name.IsEmpty ? null : run.Origin.Name.Value,
        Date = run.Origin.Date is { } date ? RunOrigin.Spell(date) : null,
        Commit = run.Origin.Commit.IsEmpty ? null : run.Origin.Commit.Value,
    };

    private static BaselineArtifact ArtifactOf(BaselineArtifactDocument artifact)
        => new(SafeText.From(artifact.Path, int.MaxValue), ArtifactRoles.Find(artifact.Role) ?? throw Fault($"the baseline names the role {SafeText.From(artifact.Role)}, which does not exist"), artifact.Sha256 is { } hash ? SafeText.From(hash).Value : null);

    private static BaselineValue ValueOf(BaselineValueDocument value)
    {
        if (new[] { value.Value, value.Spread ?? 0, value.Worst ?? 0 }.Any(n => !double.IsFinite(n)))
        {
            throw Fault($"{SafeText.From(value.Signal)} of {SafeText.From(value.Subject)} in the baseline is not a finite number");
        }

        if (value.Spread is { } spread && spread < 0)
        {
            throw Fault($"{SafeText.From(value.Signal)} of {SafeText.From(value.Subject)} in the baseline has the spread {spread}; a standard deviation is at least 0");
        }

        var better = value.Better switch
        {
            "lower" => Better.Lower,
            "higher" => Better.Higher,
            _ => throw Fault($"{SafeText.From(value.Signal)} in the baseline is better {SafeText.From(value.Better)}; it has to be lower or higher"),
        };
        return new BaselineValue(SafeText.From(value.Signal, int.MaxValue).Value, SafeText.From(value.Subject, int.MaxValue), value.Value, better)
        {
            Unit = SafeText.From(value.Unit).Value,
            Revision = value.Revision,
            Runs = value.Runs is null or > 0 ? value.Runs ?? 1 : throw Fault($"{SafeText.From(value.Signal)} in the baseline is of {value.Runs.Value} runs"),
            Spread = value.Spread,
            Worst = value.Worst,
        };
    }

    private static BaselineValueDocument DocumentOf(BaselineValue value) => new(value.Signal, value.Subject.Value, value.Value, value.Better == Better.Lower ? "lower" : "higher")
    {
        Unit = value.Unit.Length == 0 ? null : value.Unit,
        Revision = value.Revision,
        Runs = value.Runs == 1 ? null : value.Runs,
        Spread = value.Spread,
        Worst = value.Worst,
    };

    private static string Line<T>(T document, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, JsonText.Options with { Indented = false }))
        {
            JsonSerializer.Serialize(json, document, type);
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private static void Lines<T>(StringBuilder text, IReadOnlyList<T> items, Func<T, string> line)
    {
        for (var i = 0; i < items.Count; i++)
        {
            text.Append("        ").Append(line(items[i])).Append(i + 1 < items.Count ? ",\n" : "\n");
        }
    }

    private static ArtifactFault Fault(SafeText.Message sentence) => new(FaultReason.Report, SafeText.Of(sentence)) { Format = Runs.Baseline.FormatName };
}

/// <summary>A baseline's file.</summary>
internal sealed record BaselineDocument
{
    public required int Baseline { get; init; }

    public required string Tool { get; init; }

    public RunSummaryDocument? Run { get; init; }

    public required IReadOnlyList<BaselineModelDocument> Models { get; init; }
}

/// <summary>Which run it is of, and what became of it.</summary>
internal sealed record RunSummaryDocument(string Verdict)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Name { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Date { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Commit { get; init; }
}

/// <summary>A model in it.</summary>
internal sealed record BaselineModelDocument
{
    public required string Name { get; init; }

    public string? Verdict { get; init; }

    public IReadOnlyList<string>? Stopped { get; init; }

    public required IReadOnlyList<BaselineArtifactDocument> Artifacts { get; init; }

    public required IReadOnlyList<BaselineValueDocument> Values { get; init; }
}

/// <summary>A file that was measured.</summary>
internal sealed record BaselineArtifactDocument(string Path, string Role, string? Sha256);

/// <summary>A number in it.</summary>
internal sealed record BaselineValueDocument(string Signal, string Subject, double Value, string Better)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Unit { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Revision { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Runs { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Spread { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Worst { get; init; }
}

/// <summary>How its members are written and read.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, MaxDepth = 8, RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true, AllowDuplicateProperties = false)]
[JsonSerializable(typeof(BaselineDocument))]
internal sealed partial class BaselineContext : JsonSerializerContext;

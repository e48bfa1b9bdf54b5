using System.Text.Json.Serialization;

namespace ModelGate.Runs.Json;

/// <summary>A report as <c>docs/report.schema.json</c> describes it, member by member. What is required was there in the first version.</summary>
internal sealed record RunDocument
{
    public required string SchemaVersion { get; init; }

    public required ToolDocument Tool { get; init; }

    public required string Verdict { get; init; }

    public string? FailOn { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public OriginDocument? Run { get; init; }

    public required IReadOnlyList<CauseDocument> Causes { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<AnswerDocument>? Answers { get; init; }

    public required ConfigurationDocument Config { get; init; }

    public IReadOnlyList<ConfigurationDocument>? Configurations { get; init; }

    public required IReadOnlyList<string> Notes { get; init; }

    public required IReadOnlyList<ArtifactDocument> Artifacts { get; init; }

    public required IReadOnlyList<ResultDocument> Results { get; init; }
}

/// <summary>What wrote the report.</summary>
internal sealed record ToolDocument(string Name, string Version);

/// <summary>Which run it is, as the one who started it says.</summary>
internal sealed record OriginDocument
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Name { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Date { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Commit { get; init; }
}

/// <summary>A configuration; without a path, none was given and defaults held.</summary>
internal sealed record ConfigurationDocument
{
    public required string? Path { get; init; }

    public required string Sha256 { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Group { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Folder { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Model { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Part { get; init; }
}

/// <summary>What several findings come from.</summary>
internal sealed record CauseDocument
{
    public required string Message { get; init; }

    public required IReadOnlyList<string> Explains { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Group { get; init; }
}

/// <summary>A question that people ask of a sick run, and what its numbers answer.</summary>
internal sealed record AnswerDocument
{
    public required string Question { get; init; }

    public required string Answer { get; init; }

    public required string State { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Group { get; init; }
}

/// <summary>A file that was read.</summary>
internal sealed record ArtifactDocument
{
    public required string? Path { get; init; }

    public required string Role { get; init; }

    public required string Kind { get; init; }

    public required string Format { get; init; }

    public required long Bytes { get; init; }

    public required string Sha256 { get; init; }

    public required IReadOnlyList<string> Warnings { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Group { get; init; }
}

/// <summary>What one gate says of one subject.</summary>
internal sealed record ResultDocument
{
    public required string Id { get; init; }

    public required string Gate { get; init; }

    public required string? Artifact { get; init; }

    public required string Severity { get; init; }

    public required string Outcome { get; init; }

    public bool? Error { get; init; }

    public string? Word { get; init; }

    public int? Rank { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Group { get; init; }

    public string? Identity { get; init; }

    public required string Message { get; init; }

    public required LocationDocument Location { get; init; }

    public string? Summary { get; init; }

    public required string Help { get; init; }

    public required IReadOnlyList<MeasurementDocument> Measurements { get; init; }

    public required IReadOnlyList<FindingDocument> Findings { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ChangeDocument>? Changes { get; init; }
}

/// <summary>A number beside that of a baseline.</summary>
internal sealed record ChangeDocument
{
    public required string Change { get; init; }

    public required string Signal { get; init; }

    public required string Subject { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Unit { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Before { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Now { get; init; }

    public string? Text { get; init; }
}

/// <summary>A place in a file that a person wrote.</summary>
internal sealed record LocationDocument(string? Path, int Line, int Column);

/// <summary>One thing that is wrong.</summary>
internal sealed record FindingDocument
{
    public required string Message { get; init; }

    public required string? Remedy { get; init; }

    /// <summary>Modules that are built otherwise than expected.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<OutlinesDocument>? Outlines { get; init; }

    public required IReadOnlyList<MeasurementDocument> Evidence { get; init; }
}

/// <summary>Modules as they are and as they are expected, as lines of Python.</summary>
internal sealed record OutlinesDocument(string? Where, IReadOnlyList<string> Found, IReadOnlyList<string> Expected);

/// <summary>A value beside what was required of it.</summary>
internal sealed record MeasurementDocument
{
    public required string Signal { get; init; }

    public required string Subject { get; init; }

    public string? Path { get; init; }

    public string? Role { get; init; }

    public required double? Observed { get; init; }

    /// <summary>NaN, Infinity or -Infinity, where the observed value is that and JSON has no number for it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? NotFinite { get; init; }

    public required string? Text { get; init; }

    public required string? Required { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Operator { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [JsonNumberHandling(JsonNumberHandling.AllowNamedFloatingPointLiterals)]
    public double? Limit { get; init; }

    public required double? Margin { get; init; }

    public required string Unit { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Better { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Revision { get; init; }
}

/// <summary>Reads and writes the documents without reflection, which a native program does not have.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    AllowDuplicateProperties = false)]
[JsonSerializable(typeof(RunDocument))]
internal sealed partial class RunDocumentContext : JsonSerializerContext;

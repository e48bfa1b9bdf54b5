using System.Text.Json;
using System.Text.Json.Serialization;
using ModelGate.Faults;

namespace ModelGate.Runs.Json;

/// <summary>A verdict as an in-toto statement, version 1, with the predicate test-result, version 0.1: what was judged, by which configuration and tool, and what came of it. It is not signed.</summary>
/// <remarks>Specification: https://github.com/in-toto/attestation, spec/v1/statement.md and spec/predicates/test-result.md.</remarks>
internal static class StatementJson
{
    /// <summary>The type of the statement.</summary>
    public const string StatementType = "https://in-toto.io/Statement/v1";

    /// <summary>The type of the predicate.</summary>
    public const string PredicateType = "https://in-toto.io/attestation/test-result/v0.1";

    /// <summary>The statement of a record.</summary>
    /// <param name="record">The record.</param>
    /// <param name="configurations">The configuration's files, and those that they extend, by the names that a reader of the statement finds them by.</param>
    /// <param name="tool">The tool, by the name and hash of what runs.</param>
    public static StatementDocument Of(RunRecord record, IEnumerable<StatedFile> configurations, StatedFile tool)
    {
        var results = record.Results.Where(r => r.Outcome != Outcome.NotApplicable).ToArray();
        var warned = results.Where(r => !r.IsError && r.Outcome is Outcome.Failed or Outcome.Waived).ToArray();
        var failed = results.Where(r => r.IsError).ToArray();
        return new StatementDocument
        {
            Type = StatementType,
            Subject = [.. record.Artifacts.Where(IsJudged).OrderBy(a => a.Role != ArtifactRole.Model).Select(a => Descriptor(new StatedFile(a.Place.Value, a.Sha256)) with { Annotations = new() { ["role"] = a.Role.Key() } })],
            PredicateType = PredicateType,
            Predicate = new TestResultDocument
            {
                Result = record.Verdict != Verdict.Passed ? "FAILED" : warned.Length > 0 ? "WARNED" : "PASSED",
                Configuration = [.. configurations.Select(Descriptor), Descriptor(tool)],
                PassedTests = [.. results.Where(r => !r.IsError && r.Outcome == Outcome.Passed).Select(Name)],
                WarnedTests = [.. warned.Select(Name)],
                FailedTests = [.. failed.Select(r => r.Outcome == Outcome.Inconclusive ? $"{Name(r)} (could not be judged)" : Name(r))],
            },
        };
    }

    // What a model made for a gate is in no file of the user, and what a run was compared with is not what was judged.
    private static bool IsJudged(RunArtifact artifact)
        => artifact.Sha256.Length > 0 && artifact.Role is not (ArtifactRole.Baseline or ArtifactRole.History) && !artifact.IsMade;

    /// <summary>Writes a statement as UTF-8, with a line feed at the end.</summary>
    public static void Write(StatementDocument statement, Stream output) => JsonText.Write(output, statement, StatementContext.Default.StatementDocument);

    /// <summary>Reads a statement.</summary>
    /// <exception cref="ArtifactFault">The bytes are not a statement of this form, or one about something else than tests.</exception>
    public static StatementDocument Read(ReadOnlySpan<byte> utf8)
    {
        try
        {
            var document = JsonSerializer.Deserialize(utf8.StartsWith("\uFEFF"u8) ? utf8[3..] : utf8, StatementContext.Default.StatementDocument) ?? throw Fault($"a statement is an object");
            return document.Type != StatementType ? throw Fault($"it is of the type {SafeText.From(document.Type)}, not {StatementType}")
                : document.PredicateType != PredicateType ? throw Fault($"it states {SafeText.From(document.PredicateType)}, not {PredicateType}")
                : document.Subject.Concat(document.Predicate.Configuration).Any(d => d?.Digest is null || !d.Digest.TryGetValue("sha256", out var hash) || hash is not { Length: 64 } || !hash.All(char.IsAsciiHexDigit)) ? throw Fault($"a file in it has no SHA-256")
                : document;
        }
        catch (JsonException fault)
        {
            throw Fault($"it is not an in-toto statement (line {(fault.LineNumber ?? 0) + 1}{(fault.Path is null ? "" : ", at ")}{fault.Path}); a signed bundle is verified first, and the statement taken out of it");
        }
        catch (InvalidOperationException)
        {
            // What the reader says of text that is not valid Unicode.
            throw Fault($"a text in it is not valid Unicode");
        }
    }

    private static string Name(RunResult result) => $"{result.Gate.Id} {result.Gate.Name}{(result.Subject.IsEmpty ? "" : " " + result.Subject.Value)}";

    private static DescriptorDocument Descriptor(StatedFile file) => new(file.Name, new() { ["sha256"] = file.Sha256 });

    private static ArtifactFault Fault(SafeText.Message sentence) => new(FaultReason.Report, SafeText.Of(sentence)) { Format = "in-toto" };
}

/// <summary>A file that a statement names.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Sha256">The SHA-256 of its bytes in lower-case hexadecimal.</param>
internal sealed record StatedFile(string Name, string Sha256);

/// <summary>A statement.</summary>
internal sealed record StatementDocument
{
    [JsonPropertyName("_type")]
    public required string Type { get; init; }

    public required IReadOnlyList<DescriptorDocument> Subject { get; init; }

    public required string PredicateType { get; init; }

    public required TestResultDocument Predicate { get; init; }
}

/// <summary>What came of the tests.</summary>
internal sealed record TestResultDocument
{
    public required string Result { get; init; }

    public required IReadOnlyList<DescriptorDocument> Configuration { get; init; }

    public IReadOnlyList<string>? PassedTests { get; init; }

    public IReadOnlyList<string>? WarnedTests { get; init; }

    public IReadOnlyList<string>? FailedTests { get; init; }
}

/// <summary>A file by its name and hashes.</summary>
internal sealed record DescriptorDocument(string Name, Dictionary<string, string> Digest)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Dictionary<string, string>? Annotations { get; init; }
}

/// <summary>How its members are written and read.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, MaxDepth = 16, RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true, AllowDuplicateProperties = false, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(StatementDocument))]
internal sealed partial class StatementContext : JsonSerializerContext;

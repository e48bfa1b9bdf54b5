using System.Text.Json.Serialization;
using ModelGate.Runs.Json;

namespace ModelGate.Reports;

/// <summary>A comparison of two reports for scripts.</summary>
internal static class ReportComparisonJson
{
    /// <summary>Writes a comparison as UTF-8.</summary>
    public static void Write(ReportComparison comparison, SafeText left, SafeText right, Stream output)
        => JsonText.Write(output, Document(comparison, left, right), ComparisonDocumentContext.Default.ComparisonDocument);

    private static ComparisonDocument Document(ReportComparison comparison, SafeText left, SafeText right) => new(
        left.Value,
        right.Value,
        new Sides(RecordWords.Of(comparison.Before), RecordWords.Of(comparison.After)),
        comparison.Same,
        [.. comparison.Changed.Select(c => new ChangedResultDocument(
            c.Latest.Gate.Name,
            c.Latest.Artifact.Value,
            c.Latest.Group.IsEmpty ? null : c.Latest.Group.Value,
            c.Before is { } before ? RecordWords.Of(before.Outcome) : null,
            c.After is { } after ? RecordWords.Of(after.Outcome) : null,
            c.Latest.Message.Value,
            [.. c.Measurements.Select(m => new ChangedMeasurementDocument(m.Signal, m.Place.Value, Finite(m.Before), Finite(m.After)))]))]);

    private static double? Finite(double? value) => value is { } number && double.IsFinite(number) ? number : null;
}

/// <summary>A comparison as it is written.</summary>
internal sealed record ComparisonDocument(string Left, string Right, Sides Verdict, int Same, IReadOnlyList<ChangedResultDocument> Changed);

/// <summary>What each of the two reports says.</summary>
internal sealed record Sides(string Left, string Right);

/// <summary>A result that changed.</summary>
internal sealed record ChangedResultDocument(
    string Gate,
    string Artifact,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Group,
    string? Left,
    string? Right,
    string Message,
    IReadOnlyList<ChangedMeasurementDocument> Measurements);

/// <summary>A number that changed.</summary>
internal sealed record ChangedMeasurementDocument(string Signal, string Subject, double? Left, double? Right);

/// <summary>Writes the documents without reflection, which a native program does not have.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ComparisonDocument))]
internal sealed partial class ComparisonDocumentContext : JsonSerializerContext;

using System.Text.Json;
using ModelGate.Artifacts;
using ModelGate.Reports.Escaping;
using ModelGate.Runs;

namespace ModelGate.Reports;

/// <summary>The report for scripts: JSON, schema version 1. Within a major version, members are only added.</summary>
internal sealed class JsonReport : ReportFormat
{
    private const string SchemaVersion = "1";

    /// <inheritdoc/>
    public override string Name => "json";

    /// <inheritdoc/>
    public override void Write(RunRecord report, Stream output)
    {
        using (var json = new Utf8JsonWriter(output, JsonText.Options))
        {
            json.WriteStartObject();
            json.WriteString("schemaVersion", SchemaVersion);
            json.WriteStartObject("tool");
            json.WriteString("name", "modelgate");
            json.WriteString("version", ProductVersion.Text);
            json.WriteEndObject();
            json.WriteString("verdict", Camel(report.Verdict));
            CausesJson.Write(json, report.Causes);
            json.WriteStartObject("config");
            WritePath(json, "path", report.Configurations[0].Path);
            json.WriteString("sha256", report.Configurations[0].Sha256);
            json.WriteEndObject();
            json.WriteStartArray("notes");
            foreach (var note in report.Notes)
            {
                json.WriteStringValue(note.Value);
            }

            json.WriteEndArray();
            json.WriteStartArray("artifacts");
            foreach (var artifact in report.Artifacts)
            {
                WriteArtifact(json, artifact);
            }

            json.WriteEndArray();
            json.WriteStartArray("results");
            foreach (var result in report.Results)
            {
                WriteResult(json, result, report.ConfigurationOf(result.Group).Path);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
    }

    private static void WriteArtifact(Utf8JsonWriter json, RunArtifact artifact)
    {
        json.WriteStartObject();
        WritePath(json, "path", artifact.Path);
        json.WriteString("role", artifact.Role.Key());
        json.WriteString("kind", artifact.Kind);
        json.WriteString("format", artifact.Format);
        json.WriteNumber("bytes", artifact.Bytes);
        json.WriteString("sha256", artifact.Sha256);
        json.WriteStartArray("warnings");
        foreach (var warning in artifact.Warnings)
        {
            json.WriteStringValue(warning.Value);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteResult(Utf8JsonWriter json, RunResult result, SafeText configuration)
    {
        json.WriteStartObject();
        json.WriteString("id", result.Gate.Id);
        json.WriteString("gate", result.Gate.Name);
        WritePath(json, "artifact", result.Artifact);
        json.WriteString("severity", Camel(result.Severity));
        json.WriteString("outcome", Camel(result.Outcome));
        json.WriteString("message", result.Message.Value);
        json.WriteStartObject("location");
        WritePath(json, "path", configuration);
        json.WriteNumber("line", result.At.Line);
        json.WriteNumber("column", result.At.Column);
        json.WriteEndObject();
        json.WriteString("help", result.Gate.Help);
        WriteMeasurements(json, "measurements", result.Measurements);
        json.WriteStartArray("findings");
        foreach (var finding in result.Findings)
        {
            json.WriteStartObject();
            json.WriteString("message", finding.Message.Value);
            WritePath(json, "remedy", finding.Remedy);
            WriteMeasurements(json, "evidence", finding.Evidence);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteMeasurements(Utf8JsonWriter json, string name, IReadOnlyList<Measurement> measurements)
    {
        json.WriteStartArray(name);
        foreach (var measurement in measurements)
        {
            json.WriteStartObject();
            json.WriteString("signal", measurement.Signal);
            json.WriteString("subject", measurement.Subject.Value);
            WriteNumber(json, "observed", measurement.Observed);
            WritePath(json, "text", measurement.Text);
            WritePath(json, "required", SafeText.From(measurement.Required?.ToString()));
            WriteNumber(json, "margin", measurement.Margin);
            json.WriteString("unit", measurement.Unit);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    // JSON has no NaN and no infinity: a value that is not finite is null, and its text says which.
    private static void WriteNumber(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number && double.IsFinite(number))
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    private static void WritePath(Utf8JsonWriter json, string name, SafeText text)
    {
        if (text.IsEmpty)
        {
            json.WriteNull(name);
        }
        else
        {
            json.WriteString(name, text.Value);
        }
    }

    private static string Camel<TEnum>(TEnum value)
        where TEnum : struct, Enum
    {
        var name = value.ToString();
        return char.ToLowerInvariant(name[0]) + name[1..];
    }
}

using System.Text.Json;
using ModelGate.Evaluation;
using ModelGate.Runs.Json;
using ModelGate.Runs;

namespace ModelGate.Reports;

/// <summary>Measured signals for scripts.</summary>
internal static class MeasurementsJson
{
    private const string SchemaVersion = "1";

    /// <summary>Writes the values of all files as UTF-8: one entry a value.</summary>
    /// <param name="files">The files that were measured.</param>
    /// <param name="skipped">Files of folders that are not measured, each with its problem.</param>
    /// <param name="output">Takes the bytes.</param>
    public static void Write(IReadOnlyList<FileMeasurements> files, IReadOnlyList<FileMeasurements> skipped, Stream output)
    {
        using (var json = new Utf8JsonWriter(output, JsonText.Options))
        {
            json.WriteStartObject();
            json.WriteString("schemaVersion", SchemaVersion);
            json.WriteStartArray("measurements");
            foreach (var (file, value) in files.SelectMany(f => f.Values.Select(v => (f, v))))
            {
                Write(json, file.Path, value);
            }

            json.WriteEndArray();
            json.WriteStartArray("unreadable");
            foreach (var file in files.Where(f => !f.Problem.IsEmpty))
            {
                Write(json, file.Path, file.Problem);
            }

            json.WriteEndArray();
            json.WriteStartArray("skipped");
            foreach (var file in skipped)
            {
                Write(json, file.Path, file.Problem);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
    }

    private static void Write(Utf8JsonWriter json, string path, SafeText why)
    {
        json.WriteStartObject();
        json.WriteString("path", SafeText.From(path).Value);
        json.WriteString("why", why.Value);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string path, SignalValue value)
    {
        json.WriteStartObject();
        json.WriteString("path", SafeText.From(path).Value);
        json.WriteString("subject", value.Part.Value);
        json.WriteString("signal", value.Signal.Name);
        json.WriteFinite("value", value.Value);
        if (RecordWords.OfNotFinite(value.Value) is { } word)
        {
            json.WriteString("notFinite", word);
        }

        if (!value.Why.IsEmpty)
        {
            json.WriteString(value.Value is null ? "why" : "note", value.Why.Value);
        }

        json.WriteString("unit", value.Signal.Unit);
        if (value.Signal.Better != Better.None)
        {
            json.WriteString("better", value.Signal.Better == Better.Lower ? "lower" : "higher");
        }

        json.WriteNumber("revision", value.Signal.Revision);
        json.WriteEndObject();
    }
}

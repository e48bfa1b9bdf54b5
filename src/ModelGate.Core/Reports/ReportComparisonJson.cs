using System.Text.Json;

namespace ModelGate.Reports;

/// <summary>A comparison of two reports for scripts.</summary>
internal static class ReportComparisonJson
{
    /// <summary>Writes a comparison as UTF-8.</summary>
    public static void Write(ReportComparison comparison, SafeText left, SafeText right, Stream output)
    {
        using (var json = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteString("left", left.Value);
            json.WriteString("right", right.Value);
            json.WriteStartObject("verdict");
            json.WriteString("left", comparison.VerdictBefore);
            json.WriteString("right", comparison.VerdictAfter);
            json.WriteEndObject();
            json.WriteNumber("same", comparison.Same);
            json.WriteStartArray("changed");
            foreach (var result in comparison.Changed)
            {
                json.WriteStartObject();
                json.WriteString("gate", result.Gate);
                json.WriteString("artifact", result.Artifact);
                json.WriteString("left", result.Before);
                json.WriteString("right", result.After);
                json.WriteString("message", result.Message.Value);
                json.WriteStartArray("measurements");
                foreach (var measurement in result.Measurements)
                {
                    json.WriteStartObject();
                    json.WriteString("signal", measurement.Signal);
                    json.WriteString("subject", measurement.Subject);
                    WriteNumber(json, "left", measurement.Before);
                    WriteNumber(json, "right", measurement.After);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}

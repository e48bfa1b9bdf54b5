using System.Text.Json;
using ModelGate.Artifacts;
using ModelGate.Runs.Json;

namespace ModelGate.Reports;

/// <summary>A training log in an inspection.</summary>
internal static class TrainingLogJson
{
    /// <summary>Writes its series and what it says besides numbers.</summary>
    public static void Write(Utf8JsonWriter json, TrainingLog log)
    {
        json.WriteNumber("starts", log.Starts);
        json.WriteStartArray("series");
        foreach (var series in log.Series)
        {
            json.WriteStartObject();
            json.WriteString("name", series.Name);
            json.WriteNumber("points", series.Points.Count);
            if (series.Logged != series.Points.Count)
            {
                json.WriteNumber("logged", series.Logged);
            }

            if (series.Points.Count > 0)
            {
                json.WriteNumber("firstStep", series.Points[0].Step);
                json.WriteNumber("lastStep", series.Points[^1].Step);
                json.WriteFinite("first", series.Points[0].Value);
                json.WriteFinite("last", series.Points[^1].Value);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNumber("notUnderstood", log.NotUnderstood);
        WriteSayings(json, log);
        MetadataJson.Write(json, "metadata", [.. log.Hyperparameters.OrderBy(h => h.Key, StringComparer.Ordinal)]);
    }

    private static void WriteSayings(Utf8JsonWriter json, TrainingLog log)
    {
        if (log.Epoch is { } epoch)
        {
            json.WriteNumber("epoch", epoch);
        }

        if (log.Best is { } best)
        {
            json.WriteStartObject("best");
            json.WriteString("series", best.Series);
            json.WriteFinite("value", best.Value);
            WriteStep(json, best.Step);
            json.WriteString("checkpoint", best.Checkpoint);
            json.WriteEndObject();
        }

        json.WriteStartArray("saved");
        foreach (var saved in log.Saved)
        {
            json.WriteStartObject();
            json.WriteString("file", saved.FileName);
            if (saved.Epoch is { } at)
            {
                json.WriteNumber("epoch", at);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("events");
        foreach (var said in log.Events)
        {
            json.WriteStartObject();
            json.WriteString("kind", JsonNamingPolicy.CamelCase.ConvertName(said.Kind.ToString()));
            WriteStep(json, said.Step);
            json.WriteString("text", said.Text);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteStep(Utf8JsonWriter json, long? step)
    {
        if (step is { } known)
        {
            json.WriteNumber("step", known);
        }
    }
}

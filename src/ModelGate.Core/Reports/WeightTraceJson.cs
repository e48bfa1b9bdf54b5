using System.Text.Json;
using ModelGate.Evaluation.Tracing;
using ModelGate.Runs.Json;

namespace ModelGate.Reports;

/// <summary>Where a model comes from, for scripts.</summary>
internal static class WeightTraceJson
{
    private const string SchemaVersion = "1";

    /// <summary>Writes the answer and every candidate as UTF-8, the nearest first.</summary>
    public static void Write(WeightTrace trace, Stream output)
    {
        using (var json = new Utf8JsonWriter(output, JsonText.Options))
        {
            json.WriteStartObject();
            json.WriteString("schemaVersion", SchemaVersion);
            json.WriteString("model", SafeText.From(trace.Model).Value);
            json.WriteString("origin", trace.Origin switch
            {
                TraceOrigin.Equal => "equal",
                TraceOrigin.Merge => "merge",
                TraceOrigin.Nearest => "nearest",
                TraceOrigin.Foreign => "foreign",
                _ => "unknown",
            });
            json.WriteString("message", trace.Sentence.Value);
            if (trace.Merge is { } merge)
            {
                json.WriteStartArray("merge");
                Part(json, merge.One, merge.Share);
                Part(json, merge.Other, 1 - merge.Share);
                json.WriteEndArray();
            }

            json.WriteStartArray("candidates");
            foreach (var candidate in trace.Candidates)
            {
                Write(json, candidate);
            }

            json.WriteEndArray();
            json.WriteStartArray("unreadable");
            foreach (var (path, why) in trace.Unread)
            {
                json.WriteStartObject();
                json.WriteString("path", SafeText.From(path).Value);
                json.WriteString("why", why.Value);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
    }

    private static void Part(Utf8JsonWriter json, TracedCheckpoint checkpoint, double share)
    {
        json.WriteStartObject();
        json.WriteString("path", SafeText.From(checkpoint.Path).Value);
        json.WriteNumber("share", share);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, TracedCheckpoint candidate)
    {
        var match = candidate.Pairing.Match;
        json.WriteStartObject();
        json.WriteString("path", SafeText.From(candidate.Path).Value);
        json.WriteBoolean("equal", candidate.IsEqual);
        json.WriteFinite("step", candidate.Progress.Step);
        json.WriteFinite("epoch", candidate.Progress.Epoch);
        json.WriteBoolean("average", candidate.Pairing.Set.IsAverage);
        json.WriteString("container", SafeText.From(candidate.Pairing.Set.Path).Value);
        json.WriteString("prefix", SafeText.From(candidate.Pairing.Prefix).Value);
        json.WriteNumber("tensors", match.Keys);
        json.WriteNumber("equalTensors", match.EqualKeys);
        json.WriteNumber("absentTensors", match.Absent);
        json.WriteFinite("meanDifference", candidate.Distance);

        json.WriteEndObject();
    }
}

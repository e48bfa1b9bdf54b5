using System.Text.Json;
using ModelGate.Artifacts;
using ModelGate.Evaluation;
using ModelGate.Faults;
using ModelGate.Runs;
using ModelGate.Runs.Json;
using ModelGate.Signals.Weights;

namespace ModelGate.Reports;

/// <summary>An inspection for scripts. Names are the file's own: JSON's escapes keep them harmless.</summary>
internal static class InspectionJson
{
    /// <summary>Writes an inspection as UTF-8.</summary>
    /// <param name="inspection">The inspection.</param>
    /// <param name="output">Receives the JSON document.</param>
    /// <param name="withStatistics">Whether every tensor is read and measured.</param>
    /// <param name="cancellation">Stops the measuring.</param>
    /// <exception cref="ArtifactFault">A tensor cannot be read.</exception>
    public static void Write(Inspection inspection, Stream output, bool withStatistics, CancellationToken cancellation = default)
    {
        // Before the first byte is written: what cannot be measured must not leave half a document.
        var statistics = withStatistics && inspection.Artifact is Checkpoint { Tensors: var tensors } ? TensorStatistics.MeasureAll(tensors, cancellation) : null;
        using (var json = new Utf8JsonWriter(output, JsonText.Options))
        {
            json.WriteStartObject();
            json.WriteString("path", inspection.Path.Value);
            json.WriteString("format", inspection.Artifact?.Format ?? inspection.Fault?.Format);
            json.WriteNumber("bytes", inspection.Bytes);
            switch (inspection.Artifact)
            {
                case Checkpoint checkpoint:
                    json.WriteString("stateDict", checkpoint.StateDict);
                    TensorsJson.WriteSummary(json, checkpoint, statistics);
                    TensorsJson.Write(json, checkpoint, statistics);
                    MetadataJson.Write(json, "metadata", checkpoint.Metadata);
                    break;
                case PickledData data:
                    json.WriteStartArray("outline");
                    foreach (var line in data.Outline)
                    {
                        json.WriteStringValue(line.Value);
                    }

                    json.WriteEndArray();
                    break;
                case AudioClip clip:
                    WriteAudio(json, clip);
                    break;
                case TrainingLog log:
                    TrainingLogJson.Write(json, log);
                    break;
                case Metrics metrics:
                    WriteMetrics(json, metrics);
                    break;
                case KeyManifest manifest:
                    json.WriteNumber("keys", manifest.Keys.Count);
                    break;
                case RunReport { Record: var record }:
                    json.WriteString("verdict", VerdictLine.Word(record.Verdict));
                    json.WriteNumber("results", record.Results.Count);
                    break;
                case Baseline baseline:
                    json.WriteNumber("models", baseline.Models.Count);
                    json.WriteNumber("values", baseline.Models.Sum(m => m.Values.Count));
                    break;
                case null:
                    json.WriteStartArray("tensors");
                    json.WriteEndArray();
                    break;
            }

            if (inspection.Artifact is Checkpoint or PickledData or null)
            {
                WriteGlobals(json, inspection.Globals);
            }

            if (WeightsOnly.Missing(inspection) is { } missing)
            {
                json.WriteStartObject("weightsOnly");
                json.WriteBoolean("loads", missing.Count == 0 && WeightsOnly.Opcode(inspection) is null);
                if (WeightsOnly.Opcode(inspection) is { } opcode)
                {
                    json.WriteNumber("unknownOpcode", opcode);
                }

                json.WriteStartArray("toAllow");
                foreach (var name in missing)
                {
                    json.WriteStringValue(name);
                }

                json.WriteEndArray();
                json.WriteEndObject();
            }

            WriteFindings(json, inspection);
            json.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
    }

    private static void WriteAudio(Utf8JsonWriter json, AudioClip clip)
    {
        json.WriteStartObject("audio");
        json.WriteString("encoding", clip.Encoding);
        json.WriteNumber("sampleRate", clip.SampleRate);
        json.WriteNumber("channels", clip.Channels);
        json.WriteNumber("frames", clip.Frames);
        json.WriteNumber("seconds", clip.Seconds);
        json.WriteEndObject();
    }

    private static void WriteMetrics(Utf8JsonWriter json, Metrics metrics)
    {
        json.WriteStartArray("metrics");
        foreach (var (name, metric) in metrics.ByName)
        {
            json.WriteStartObject();
            json.WriteString("name", name);
            json.WriteNumber("values", metric.Values.Count);
            json.WriteFinite("last", metric.Value);
            if (RecordWords.OfNotFinite(metric.Value) is { } word)
            {
                json.WriteString("notFinite", word);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteGlobals(Utf8JsonWriter json, IReadOnlyList<GlobalUse> globals)
    {
        json.WriteStartArray("globals");
        foreach (var global in globals)
        {
            json.WriteStartObject();
            json.WriteString("name", global.Name);
            json.WriteString("verdict", global.Verdict.ToString().ToLowerInvariant());
            json.WriteNumber("count", global.Count);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteFindings(Utf8JsonWriter json, Inspection inspection)
    {
        json.WriteStartArray("findings");
        foreach (var (id, message) in InspectionFindings.Of(inspection))
        {
            json.WriteStartObject();
            json.WriteString("id", id);
            json.WriteString("message", message.Value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("warnings");
        foreach (var warning in (inspection.Artifact?.Warnings ?? []).Concat(inspection.Notes))
        {
            json.WriteStringValue(warning.Value);
        }

        json.WriteEndArray();
    }
}

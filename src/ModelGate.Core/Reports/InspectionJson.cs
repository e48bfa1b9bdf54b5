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
    /// <summary>Most tensors that are written between two flushes, so that a file of a million tensors needs no more memory than its list.</summary>
    private const int FlushEvery = 1024;

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
                    WriteSummary(json, checkpoint, statistics);
                    WriteTensors(json, checkpoint, statistics);
                    WriteMetadata(json, "metadata", checkpoint.Metadata);
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
                    WriteLog(json, log);
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

    private static void WriteSummary(Utf8JsonWriter json, Checkpoint checkpoint, IReadOnlyList<TensorStatistics?>? statistics)
    {
        if (statistics is null)
        {
            return;
        }

        var summary = StatisticsSummary.Of(checkpoint.Tensors.Zip(statistics));
        json.WriteStartObject("summary");
        json.WriteNumber("tensors", summary.Tensors);
        json.WriteNumber("nan", summary.NaN.Count);
        json.WriteNumber("inf", summary.Infinite.Count);
        json.WriteNumber("empty", summary.Empty.Count);
        json.WriteNumber("constant", summary.Constant.Count);
        json.WriteNumber("unread", summary.Unread);
        json.WriteEndObject();
    }

    private static void WriteTensors(Utf8JsonWriter json, Checkpoint checkpoint, IReadOnlyList<TensorStatistics?>? statistics)
    {
        json.WriteStartArray("tensors");
        for (var i = 0; i < checkpoint.Tensors.Count; i++)
        {
            var tensor = checkpoint.Tensors[i];
            json.WriteStartObject();
            json.WriteString("name", tensor.Name);
            json.WriteString("dtype", tensor.DType.Name());
            json.WriteStartArray("shape");
            foreach (var size in tensor.Shape)
            {
                json.WriteNumberValue(size);
            }

            json.WriteEndArray();
            json.WriteNumber("elements", tensor.Elements);
            if (statistics is not null)
            {
                WriteStatistics(json, statistics[i]);
            }

            json.WriteEndObject();
            if (i % FlushEvery == FlushEvery - 1)
            {
                json.Flush();
            }
        }

        json.WriteEndArray();
    }

    private static void WriteStatistics(Utf8JsonWriter json, TensorStatistics? statistics)
    {
        if (statistics is null)
        {
            json.WriteNull("stats");
            return;
        }

        json.WriteStartObject("stats");
        json.WriteNumber("nan", statistics.NaN);
        json.WriteNumber("inf", statistics.Infinite);
        json.WriteFinite( "min", statistics.Minimum);
        json.WriteFinite( "max", statistics.Maximum);
        json.WriteFinite( "mean", statistics.Mean);
        json.WriteFinite( "std", statistics.StandardDeviation);
        json.WriteEndObject();
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

    private static void WriteLog(Utf8JsonWriter json, TrainingLog log)
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
                json.WriteFinite( "first", series.Points[0].Value);
                json.WriteFinite( "last", series.Points[^1].Value);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNumber("notUnderstood", log.NotUnderstood);
        WriteSayings(json, log);
        WriteMetadata(json, "metadata", [.. log.Hyperparameters.OrderBy(h => h.Key, StringComparer.Ordinal)]);
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

    private static void WriteMetadata(Utf8JsonWriter json, string name, IReadOnlyList<KeyValuePair<string, MetadataValue>> metadata)
    {
        json.WriteStartObject(name);
        foreach (var (key, value) in metadata)
        {
            json.WritePropertyName(key);
            WriteValue(json, value);
        }

        json.WriteEndObject();
    }

    // Lists nest a few levels at the most: the reader that made them sees to that.
    private static void WriteValue(Utf8JsonWriter json, MetadataValue value)
    {
        switch (value)
        {
            case MetadataValue.Bool truth:
                json.WriteBooleanValue(truth.Value);
                break;
            case MetadataValue.Integer number:
                json.WriteNumberValue(number.Value);
                break;
            case MetadataValue.Real { Value: var number } when double.IsFinite(number):
                json.WriteNumberValue(number);
                break;
            case MetadataValue.Real { Value: var number }:
                json.WriteStringValue(double.IsNaN(number) ? "NaN" : number > 0 ? "Infinity" : "-Infinity");
                break;
            case MetadataValue.Text text:
                json.WriteStringValue(text.Value);
                break;
            case MetadataValue.List list:
                json.WriteStartArray();
                foreach (var item in list.Items)
                {
                    WriteValue(json, item);
                }

                json.WriteEndArray();
                break;
            case MetadataValue.Opaque opaque:
                json.WriteStartObject();
                json.WriteString("class", opaque.Description);
                json.WriteEndObject();
                break;
            default:
                json.WriteNullValue();
                break;
        }
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

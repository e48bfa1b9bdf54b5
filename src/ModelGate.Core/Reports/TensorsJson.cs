using System.Text.Json;
using ModelGate.Artifacts;
using ModelGate.Runs.Json;
using ModelGate.Signals.Weights;

namespace ModelGate.Reports;

/// <summary>The tensors of a checkpoint in an inspection.</summary>
internal static class TensorsJson
{
    /// <summary>Most tensors that are written between two flushes, so that a file of a million tensors needs no more memory than its list.</summary>
    private const int FlushEvery = 1024;

    /// <summary>Writes how many tensors stand out, where they were measured.</summary>
    public static void WriteSummary(Utf8JsonWriter json, Checkpoint checkpoint, IReadOnlyList<TensorStatistics?>? statistics)
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

    /// <summary>Writes every tensor, with its statistics where they were measured.</summary>
    public static void Write(Utf8JsonWriter json, Checkpoint checkpoint, IReadOnlyList<TensorStatistics?>? statistics)
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
        json.WriteFinite("min", statistics.Minimum);
        json.WriteFinite("max", statistics.Maximum);
        json.WriteFinite("mean", statistics.Mean);
        json.WriteFinite("std", statistics.StandardDeviation);
        json.WriteEndObject();
    }
}

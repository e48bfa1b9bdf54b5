using System.Text.Unicode;
using ModelGate.Artifacts;
using ModelGate.Bytes;
using ModelGate.Faults;
using ModelGate.Runs;

namespace ModelGate.Readers.MetricFiles;

/// <summary>Reads a team's own numbers: JSON, JSON lines or CSV.</summary>
[Reader(ReaderAttribute.ByRole + 1)]
internal sealed class MetricsReader : ArtifactReader
{
    /// <inheritdoc/>
    public override string Format => "metrics";

    /// <inheritdoc/>
    public override ArtifactRole? Role => ArtifactRole.Metrics;

    /// <inheritdoc/>
    public override bool Recognises(ReadOnlySpan<byte> head) => false;

    /// <inheritdoc/>
    public override Artifact Read(ReadRequest request)
    {
        var budget = request.Budget;
        ReadBudget.Require(request.Source.Length, budget.Limits.MetricsBytes, nameof(ReadLimits.MetricsBytes), "the length of the metrics");
        var bytes = request.Source.ReadArray(0, request.Source.Length, "the metrics").AsMemory();
        var mark = bytes.Span.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? 3 : 0;
        bytes = bytes[mark..];
        if (!Utf8.IsValid(bytes.Span) || bytes.Span.Contains((byte)0))
        {
            throw new ArtifactFault(FaultReason.UnsupportedFormat, SafeText.Of($"metrics are JSON, JSON lines or CSV in UTF-8, and the file is not text"));
        }

        var isJson = bytes.Span.TrimStart(" \t\r\n"u8) is [(byte)'{' or (byte)'[', ..];
        var format = isJson ? "metrics-json" : "metrics-csv";
        var series = new MetricSeries(budget);
        try
        {
            if (isJson)
            {
                new MetricsJson(series, mark).Read(bytes.Span);
            }
            else
            {
                MetricsCsv.Read(bytes, series);
            }
        }
        catch (ArtifactFault fault)
        {
            fault.Format ??= format;
            throw;
        }

        return series.IsEmpty
            ? throw new ArtifactFault(FaultReason.NoMetrics, SafeText.Of($"the file holds no number under a name")) { Format = format }
            : new Metrics(format, series.ToList());
    }
}

using System.Text.Unicode;
using ModelGate.Artifacts;
using ModelGate.Bytes;
using ModelGate.Faults;
using ModelGate.Readers.Json;
using ModelGate.Runs;

namespace ModelGate.Readers.MetricFiles;

/// <summary>Reads a team's own numbers: JSON, JSON lines or CSV.</summary>
[Reader(ReaderAttribute.ByStructure + 35)]
internal sealed class MetricsReader : ArtifactReader
{
    /// <inheritdoc/>
    public override string Format => "metrics";

    /// <inheritdoc/>
    public override ArtifactRole? Role => ArtifactRole.Metrics;

    /// <inheritdoc/>
    public override bool Recognises(ReadOnlySpan<byte> head) => JsonForm.IsOfNumbers(head) || TableForm.IsOfNumbers(head);

    /// <inheritdoc/>
    public override Artifact Read(ReadRequest request)
    {
        var budget = request.Budget;
        ReadBudget.Require(request.Source.Length, budget.Limits.MetricsBytes, nameof(ReadLimits.MetricsBytes), "the length of the metrics");
        var bytes = request.Source.ReadArray(0, request.Source.Length, "the metrics");
        var start = JsonForm.MarkLength(bytes);
        RequireText(bytes.AsSpan(start));
        var tree = new MetricTree(budget);
        var format = JsonForm.Begins(bytes.AsSpan(start)) ? "json" : "csv";
        try
        {
            if (format == "csv")
            {
                MetricsCsv.Read(bytes, start, tree, budget);
            }
            else
            {
                var json = new MetricsJson(tree, budget, start);
                json.Read(bytes.AsSpan(start));
                format = json.Documents > 1 ? "json-lines" : format;
            }

            return tree.ToMetrics(format);
        }
        catch (ArtifactFault fault)
        {
            fault.Format ??= format;
            throw;
        }
    }

    private static void RequireText(ReadOnlySpan<byte> bytes)
    {
        if (bytes is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
        {
            throw new ArtifactFault(FaultReason.UnsupportedFormat, SafeText.Of($"metrics are read from UTF-8, and the file is UTF-16"));
        }

        if (bytes.Contains((byte)0) || !Utf8.IsValid(bytes))
        {
            throw new ArtifactFault(FaultReason.UnsupportedFormat, SafeText.Of($"metrics are JSON, JSON lines or CSV in UTF-8, and the file is not text"));
        }
    }
}

using System.Text.Json;
using ModelGate.Bytes;
using ModelGate.Faults;

namespace ModelGate.Reports;

/// <summary>Two JSON reports, before and after: which results changed.</summary>
/// <param name="VerdictBefore">The verdict of the first report.</param>
/// <param name="VerdictAfter">The verdict of the second report.</param>
/// <param name="Changed">Results whose outcome or numbers changed, came or went, sorted by gate and artifact.</param>
/// <param name="Same">How many results did not change.</param>
internal sealed record ReportComparison(string VerdictBefore, string VerdictAfter, IReadOnlyList<ChangedResult> Changed, int Same)
{
    private const int LargestReport = 64 << 20;

    /// <summary>Whether bytes are a report that <c>modelgate check --format json</c> wrote.</summary>
    public static bool IsReport(IByteSource source)
    {
        Span<byte> head = stackalloc byte[256];
        head = head[..source.Read(0, head)];
        return head.IndexOf("\"schemaVersion\""u8) is >= 0 and < 32 && head.TrimStart(" \t\r\n"u8).StartsWith("{"u8);
    }

    /// <summary>Compares two reports.</summary>
    /// <exception cref="ArtifactFault">One of them is not a report.</exception>
    public static ReportComparison Of(IByteSource before, IByteSource after)
    {
        using var left = Parse(before);
        using var right = Parse(after);
        try
        {
            return Of(left.RootElement, right.RootElement);
        }
        catch (Exception fault) when (fault is InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw new ArtifactFault(FaultReason.Report, SafeText.Of($"a report has verdict and results, each with gate, outcome and message"));
        }
    }

    private static JsonDocument Parse(IByteSource source)
    {
        if (source.Length > LargestReport)
        {
            throw new ArtifactFault(FaultReason.Report, SafeText.Of($"a report of {source.Length} bytes is larger than {LargestReport}"));
        }

        var bytes = new byte[source.Length];
        source.Read(0, bytes);
        try
        {
            return JsonDocument.Parse(bytes);
        }
        catch (JsonException fault)
        {
            throw new ArtifactFault(FaultReason.Json, SafeText.Of($"the report is not sound JSON (line {(fault.LineNumber ?? 0) + 1})"));
        }
    }

    private static ReportComparison Of(JsonElement before, JsonElement after)
    {
        var left = Results(before);
        var right = Results(after);
        var changed = new List<ChangedResult>();
        var same = 0;
        foreach (var key in left.Keys.Union(right.Keys).Order())
        {
            var (old, now) = (left.TryGetValue(key, out var a) ? a : (JsonElement?)null, right.TryGetValue(key, out var b) ? b : (JsonElement?)null);
            var measurements = old is { } from && now is { } to ? Measurements(from, to) : [];
            var (outcomeBefore, outcomeAfter) = (old?.GetProperty("outcome").GetString(), now?.GetProperty("outcome").GetString());
            if (outcomeBefore == outcomeAfter && measurements.Count == 0)
            {
                same++;
                continue;
            }

            changed.Add(new ChangedResult(key.Gate, key.Artifact, outcomeBefore, outcomeAfter, SafeText.From((now ?? old)!.Value.GetProperty("message").GetString()), measurements));
        }

        return new ReportComparison(before.GetProperty("verdict").GetString() ?? "", after.GetProperty("verdict").GetString() ?? "", changed, same);
    }

    private static Dictionary<(string Gate, string Artifact), JsonElement> Results(JsonElement report)
    {
        var results = new Dictionary<(string, string), JsonElement>();
        foreach (var result in report.GetProperty("results").EnumerateArray())
        {
            var artifact = result.TryGetProperty("artifact", out var path) ? path.GetString() : null;
            results.TryAdd((result.GetProperty("gate").GetString() ?? "", artifact ?? ""), result);
        }

        return results;
    }

    private static List<ChangedMeasurement> Measurements(JsonElement before, JsonElement after)
    {
        var old = Observed(before);
        var now = Observed(after);
        return
        [
            .. old.Keys.Union(now.Keys).Order().Select(k => new ChangedMeasurement(k.Signal, k.Subject, old.GetValueOrDefault(k), now.GetValueOrDefault(k)))
                .Where(m => !Nullable.Equals(m.Before, m.After)),
        ];
    }

    private static Dictionary<(string Signal, string Subject), double?> Observed(JsonElement result)
    {
        var observed = new Dictionary<(string, string), double?>();
        if (result.TryGetProperty("measurements", out var measurements))
        {
            foreach (var measurement in measurements.EnumerateArray())
            {
                var value = measurement.GetProperty("observed");
                observed.TryAdd(
                    (measurement.GetProperty("signal").GetString() ?? "", measurement.GetProperty("subject").GetString() ?? ""),
                    value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null);
            }
        }

        return observed;
    }
}

/// <summary>A result that changed.</summary>
/// <param name="Gate">The gate's name. Text from a file.</param>
/// <param name="Artifact">The file that it is about, or empty. Text from a file.</param>
/// <param name="Before">Its outcome in the first report; null where it is not there.</param>
/// <param name="After">Its outcome in the second report; null where it is not there.</param>
/// <param name="Message">What the later report says.</param>
/// <param name="Measurements">The numbers that changed.</param>
internal sealed record ChangedResult(string Gate, string Artifact, string? Before, string? After, SafeText Message, IReadOnlyList<ChangedMeasurement> Measurements);

/// <summary>A number that changed.</summary>
/// <param name="Signal">The signal. Text from a file.</param>
/// <param name="Subject">What was measured. Text from a file.</param>
/// <param name="Before">The number in the first report, or null.</param>
/// <param name="After">The number in the second report, or null.</param>
internal sealed record ChangedMeasurement(string Signal, string Subject, double? Before, double? After);

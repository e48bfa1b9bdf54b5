using System.Text.Json;
using ModelGate.Reports.Escaping;
using ModelGate.Runs.Json;
using ModelGate.Runs;

namespace ModelGate.Reports;

/// <summary>GitLab's Code Quality report: an array of findings, shown in merge requests beside the configuration's lines.</summary>
/// <remarks>
/// It has no place for a verdict: <c>critical</c> is what failed, <c>major</c> what could not be judged, <c>minor</c> a warning.
/// GitLab tells findings apart by fingerprint and drops the second of two that are equal.
/// </remarks>
internal sealed class GitLabReport : ReportFormat
{
    private const int LongestDescription = 2000;

    /// <inheritdoc/>
    public override string Name => "gitlab";

    /// <inheritdoc/>
    public override void Write(RunRecord report, Stream output)
    {
        var findings = ReportedFinding.Of(report);
        using (var json = new Utf8JsonWriter(output, JsonText.Options))
        {
            json.WriteStartArray();
            var most = findings.Count > ReportedFinding.Most ? ReportedFinding.Most - 1 : findings.Count;
            foreach (var finding in findings.Take(most))
            {
                Write(json, report, finding, finding.Sentence.Value, finding.Fingerprint);
            }

            if (findings.Count > most)
            {
                var rest = $"and {SafeText.Count(findings.Count - most, "more finding that is not listed here", "more findings that are not listed here")}";
                Write(json, report, findings[most], rest, new FindingFingerprints(report).OfRest());
            }

            json.WriteEndArray();
        }

        output.WriteByte((byte)'\n');
    }

    private static void Write(Utf8JsonWriter json, RunRecord report, ReportedFinding finding, string description, string fingerprint)
    {
        json.WriteStartObject();
        json.WriteString("description", Excerpt.Of(description, LongestDescription));
        json.WriteString("check_name", finding.Title);
        json.WriteString("fingerprint", fingerprint);
        json.WriteString("severity", !finding.IsError ? "minor" : finding.IsInconclusive ? "major" : "critical");
        json.WriteStartObject("location");
        var (path, hasLine) = RepositoryPath.OfResult(report, finding.Result);
        json.WriteString("path", path);
        json.WriteStartObject("lines");
        json.WriteNumber("begin", hasLine ? Math.Max(1, finding.Result.At.Line) : 1);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }
}

using System.Text.Json;
using System.Text.RegularExpressions;
using ModelGate.Reports.Escaping;
using ModelGate.Runs.Json;
using ModelGate.Runs;

namespace ModelGate.Reports;

/// <summary>SARIF 2.1.0, as GitHub code scanning takes it.</summary>
/// <remarks>
/// Each model is a run, since a host replaces what it knows of one analysis by the next of the same category: what is judged together today may be
/// judged apart tomorrow. Every result is placed: a host rejects a file that holds one without a place. Only what is wrong is a result, since GitHub
/// raises an alert for results of kind <c>pass</c> and for suppressed ones too; the run's properties count these.
/// </remarks>
internal sealed partial class SarifReport : ReportFormat
{
    private const int LongestMessage = 4000;

    // GitHub rejects a file of more: such models share a run, and a category.
    private const int MostRuns = 20;

    /// <inheritdoc/>
    public override string Name => "sarif";

    /// <inheritdoc/>
    public override void Write(RunRecord report, Stream output)
    {
        using (var json = new Utf8JsonWriter(output, JsonText.Options))
        {
            json.WriteStartObject();
            json.WriteString("$schema", "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json");
            json.WriteString("version", "2.1.0");
            json.WriteStartArray("runs");
            foreach (var model in report.Configurations.Count > MostRuns ? [report] : report.Models())
            {
                json.WriteStartObject();
                WriteRun(json, model);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
    }

    private static void WriteRun(Utf8JsonWriter json, RunRecord report)
    {
        var gates = report.Results.Select(r => r.Gate).DistinctBy(g => g.Id).OrderBy(g => g.Id, StringComparer.Ordinal).ToArray();
        SarifRules.WriteTool(json, gates);
        json.WriteStartObject("automationDetails");
        json.WriteString("id", ReportIdentity.CategoryOf(report));
        json.WriteEndObject();
        json.WriteStartArray("invocations");
        json.WriteStartObject();
        json.WriteBoolean("executionSuccessful", true);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteString("columnKind", "utf16CodeUnits");
        WriteArtifacts(json, report);
        WriteResults(json, report, gates);
        WriteProperties(json, report);
    }

    private static void WriteArtifacts(Utf8JsonWriter json, RunRecord report)
    {
        json.WriteStartArray("artifacts");
        foreach (var artifact in report.Artifacts.DistinctBy(a => (a.Group, a.Path)))
        {
            json.WriteStartObject();
            WriteLocation(json, "location", RepositoryPath.OfArtifact(report, artifact.Group, artifact.Path));
            json.WriteNumber("length", artifact.Bytes);
            if (artifact.Sha256.Length > 0)
            {
                json.WriteStartObject("hashes");
                json.WriteString("sha-256", artifact.Sha256);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteResults(Utf8JsonWriter json, RunRecord report, GateRef[] gates)
    {
        var findings = ReportedFinding.Of(report);
        var most = findings.Count > ReportedFinding.Most ? ReportedFinding.Most - 1 : findings.Count;
        json.WriteStartArray("results");
        foreach (var finding in findings.Take(most))
        {
            WriteResult(json, report, finding, gates, Sentence(finding), finding.Fingerprint);
        }

        if (findings.Count > most)
        {
            var rest = $"And {SafeText.Count(findings.Count - most, "more finding that is not listed here", "more findings that are not listed here")}.";
            WriteResult(json, report, findings[most] with { Result = findings[most].Result with { Artifact = SafeText.Empty } }, gates, rest, new FindingFingerprints(report).OfRest());
        }

        json.WriteEndArray();
    }

    private static void WriteResult(Utf8JsonWriter json, RunRecord report, ReportedFinding finding, GateRef[] gates, string message, string fingerprint)
    {
        json.WriteStartObject();
        json.WriteString("ruleId", finding.Gate.Id);
        json.WriteNumber("ruleIndex", Array.FindIndex(gates, g => g.Id == finding.Gate.Id));
        json.WriteString("level", finding.IsError ? "error" : "warning");
        WriteText(json, "message", message);
        json.WriteStartArray("locations");
        json.WriteStartObject();
        json.WriteStartObject("physicalLocation");
        var (path, hasLine) = RepositoryPath.OfResult(report, finding.Result);
        WriteLocation(json, "artifactLocation", path);

        // Code scanning wants a line of every result, also of one whose file has none.
        json.WriteStartObject("region");
        json.WriteNumber("startLine", hasLine ? Math.Max(1, finding.Result.At.Line) : 1);
        json.WriteNumber("startColumn", hasLine ? Math.Max(1, finding.Result.At.Column) : 1);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
        if (hasLine && !finding.Result.Artifact.IsEmpty)
        {
            json.WriteStartArray("relatedLocations");
            json.WriteStartObject();
            json.WriteNumber("id", 1);
            json.WriteStartObject("physicalLocation");
            WriteLocation(json, "artifactLocation", RepositoryPath.OfArtifact(report, finding.Result.Group, finding.Result.Artifact));
            json.WriteEndObject();
            WriteText(json, "message", $"The artifact that was judged: {finding.Result.Subject}.");
            json.WriteEndObject();
            json.WriteEndArray();
        }

        json.WriteStartObject("partialFingerprints");
        json.WriteString("primaryLocationLineHash", fingerprint);
        json.WriteEndObject();
        json.WriteStartObject("properties");
        json.WriteString("outcome", finding.IsInconclusive ? "inconclusive" : "failed");
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteProperties(Utf8JsonWriter json, RunRecord report)
    {
        json.WriteStartObject("properties");
        json.WriteString("verdict", VerdictLine.Word(report.Verdict));
        json.WriteStartArray("causes");
        foreach (var cause in report.Causes)
        {
            json.WriteStartObject();
            json.WriteString("message", cause.Sentence.Value);
            json.WriteStartArray("explains");
            foreach (var id in cause.Explains)
            {
                json.WriteStringValue(id);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartObject("outcomes");
        json.WriteNumber("passed", report.Count(Outcome.Passed));
        json.WriteNumber("failed", report.Count(Outcome.Failed));
        json.WriteNumber("inconclusive", report.Count(Outcome.Inconclusive));
        json.WriteNumber("waived", report.Count(Outcome.Waived));
        json.WriteNumber("notApplicable", report.Count(Outcome.NotApplicable));
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static string Sentence(ReportedFinding finding)
    {
        var remedy = finding.Remedy.IsEmpty ? "" : " " + Ended(finding.Remedy);
        return Ended(finding.Sentence) + remedy;
    }

    private static string Ended(SafeText sentence) => sentence.Value.EndsWith('.') ? sentence.Value : sentence.Value + ".";

    private static void WriteLocation(Utf8JsonWriter json, string name, string path)
    {
        json.WriteStartObject(name);
        json.WriteString("uri", RepositoryPath.Uri(path));
        json.WriteEndObject();
    }

    // A plain text message has links, "[text](target)", and placeholders, "{0}": one blank each makes text of them.
    private static void WriteText(Utf8JsonWriter json, string name, string text)
    {
        json.WriteStartObject(name);
        var unlinked = Excerpt.Of(text, LongestMessage).Replace("](", "] (", StringComparison.Ordinal);
        json.WriteString("text", Placeholder().Replace(unlinked, "{ $1}"));
        json.WriteEndObject();
    }

    [GeneratedRegex(@"\{([0-9]+)\}", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Placeholder();
}

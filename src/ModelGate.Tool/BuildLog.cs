using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using ModelGate.Configuration;
using ModelGate.Evaluation;
using ModelGate.Reports;
using ModelGate.Reports.Escaping;
using ModelGate.Runs;

namespace ModelGate.Tool;

/// <summary>What the task of ModelGate.MSBuild reads: a line each of what the verdict depends on and of what was found, fields parted by tabs.</summary>
/// <remarks>
/// Tool and task come in one package, so this is not a format for others and appears in no help (docs/decisions/0007-build-task.md).
/// The last line is the verdict: a file without one was not finished.
/// </remarks>
internal sealed partial class BuildLog(string path)
{
    /// <summary>Most findings that a build is told, so that the first error stays on the screen.</summary>
    private const int Most = 100;

    /// <summary>Writes what was found.</summary>
    public void Write(IReadOnlyList<EvaluationPlan> plans, RunRecord report)
    {
        var text = new StringBuilder();
        foreach (var (plan, configuration) in plans.Select(p => (p, p.Configuration)))
        {
            // The configuration itself is known to the task; what it extends is not.
            foreach (var input in configuration.Files.Skip(1).Select(f => f.Path)
                .Concat(ArtifactRoles.All.Where(configuration.Artifacts.ContainsKey).SelectMany(r => configuration.Artifacts[r].Patterns))
                .Concat(RunInputs.Of(plan)))
            {
                Append(text, "input", input);
            }
        }

        var findings = ReportedFinding.Of(report);
        var told = new HashSet<(SafeText, SafeText)>();
        foreach (var finding in findings.Take(Most))
        {
            // A cause explains several findings: it is said once, at the first.
            var cause = finding.Cause.IsEmpty || !told.Add((finding.Result.Group, finding.Cause)) ? "" : $". Cause: {finding.Cause}";
            var fix = finding.Remedy.IsEmpty ? "" : $". Fix: {finding.Remedy}";
            Append(text, finding, $"{finding.Sentence}{cause}{fix}");
        }

        if (findings.Count > Most)
        {
            Append(text, findings[Most], $"and {(findings.Count - Most).ToString(CultureInfo.InvariantCulture)} more: a report in a file has them all");
        }

        Append(text, "verdict", VerdictLine.Word(report.Verdict), VerdictLine.Of(report));
        Save(text);
    }

    /// <summary>Writes what is wrong with a configuration.</summary>
    public void Write(ConfigurationException fault)
    {
        var text = new StringBuilder();
        foreach (var error in fault.Errors)
        {
            Append(text, "error", "MG0001", error.At, "docs/troubleshooting.md", error.Message.Value);
        }

        Append(text, "verdict", VerdictLine.Word(Verdict.Inconclusive), "the configuration cannot be used");
        Save(text);
    }

    private static void Append(StringBuilder text, ReportedFinding finding, string message)
        => Append(text, finding.IsError ? "error" : "warning", finding.Gate.Id, finding.Result.At, finding.Gate.Help, message);

    private static void Append(StringBuilder text, string kind, string code, SourcePosition at, string help, string message)
        => Append(
            text,
            kind,
            code,
            Math.Max(1, at.Line).ToString(CultureInfo.InvariantCulture),
            Math.Max(1, at.Column).ToString(CultureInfo.InvariantCulture),
            help,
            Origin().Replace(LogLine.Harmless(message), "$1 :"));

    private static void Append(StringBuilder text, params string[] fields)
        => text.AppendJoin('\t', fields.Select(f => Break().Replace(f, " "))).Append('\n');

    private void Save(StringBuilder text)
    {
        try
        {
            File.WriteAllText(path, text.ToString(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new UsageException(SafeText.Of($"{path} cannot be written: {fault.Message.TrimEnd('.')}"));
        }
    }

    // A program that reads the build's log would take "file(1): error X1:" inside a message for the place of the finding.
    [GeneratedRegex(@"(\([0-9, ]*\)):", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Origin();

    [GeneratedRegex(@"[\t\r\n]", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Break();
}

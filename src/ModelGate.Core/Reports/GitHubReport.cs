using System.Globalization;
using System.Text;
using ModelGate.Configuration;
using ModelGate.Reports.Escaping;
using ModelGate.Runs;

namespace ModelGate.Reports;

/// <summary>Annotations for GitHub Actions: workflow commands on standard output. The last line is the verdict.</summary>
/// <remarks>The runner keeps ten annotations of a kind and 4,096 characters of each: more is counted, longer is cut.</remarks>
internal sealed class GitHubReport : ReportFormat
{
    private const int LongestMessage = 4000;

    /// <inheritdoc/>
    public override string Name => "github";

    /// <inheritdoc/>
    public override void Write(RunRecord report, Stream output)
    {
        using var text = new StreamWriter(output, leaveOpen: true) { NewLine = "\n" };
        foreach (var annotation in AnnotationQuota.Of(report))
        {
            var line = annotation.Line == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"line={annotation.Line},col={annotation.Column},");
            text.WriteLine($"::{(annotation.IsError ? "error" : "warning")} file={Property(annotation.Path)},{line}title={Property(annotation.Title)}::{Data(annotation.Text)}");
        }

        foreach (var cause in report.Causes.Take(AnnotationQuota.MostOfAKind))
        {
            text.WriteLine($"::notice title=ModelGate cause::{Data($"{cause.Sentence} (explains {string.Join(", ", cause.Explains)})")}");
        }

        if (report.Causes.Count - AnnotationQuota.MostOfAKind is > 0 and var rest)
        {
            text.WriteLine(string.Create(CultureInfo.InvariantCulture, $"::notice title=ModelGate cause::and {rest} more"));
        }

        text.WriteLine($"modelgate: {VerdictLine.Of(report)}");
    }

    /// <inheritdoc/>
    public override void Refuse(IReadOnlyList<ConfigurationError> errors, Stream output)
    {
        using var text = new StreamWriter(output, leaveOpen: true) { NewLine = "\n" };
        foreach (var annotation in AnnotationQuota.Of(errors))
        {
            text.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"::error file={Property(annotation.Path)},line={annotation.Line},col={annotation.Column},title={Property(annotation.Title)}::{Data(annotation.Text)}"));
        }
    }

    private static string Property(string value) => Data(value).Replace(":", "%3A", StringComparison.Ordinal).Replace(",", "%2C", StringComparison.Ordinal);

    // Escaped piece by piece, so that the cut never falls into an escape.
    private static string Data(string value)
    {
        var data = new StringBuilder();
        foreach (var rune in LogLine.WithoutMarks(value).EnumerateRunes())
        {
            if (data.Length > LongestMessage)
            {
                return data.Append('…').ToString();
            }

            _ = rune.Value switch
            {
                '%' => data.Append("%25"),
                '\r' => data.Append("%0D"),
                '\n' => data.Append("%0A"),
                _ => data.Append(rune),
            };
        }

        return data.ToString();
    }
}

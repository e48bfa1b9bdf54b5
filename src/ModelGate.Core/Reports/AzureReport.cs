using System.Globalization;
using ModelGate.Configuration;
using ModelGate.Reports.Escaping;
using ModelGate.Runs;

namespace ModelGate.Reports;

/// <summary>Issues for Azure Pipelines: logging commands on standard output, the last of which sets the task's result.</summary>
/// <remarks>The agent keeps ten issues of a kind, as GitHub's does. A task that only warned is <c>SucceededWithIssues</c>.</remarks>
internal sealed class AzureReport : ReportFormat
{
    private const int LongestMessage = 4000;

    /// <inheritdoc/>
    public override string Name => "azure";

    /// <inheritdoc/>
    public override void Write(RunRecord report, Stream output)
    {
        using var text = new StreamWriter(output, leaveOpen: true) { NewLine = "\n" };
        var annotations = AnnotationQuota.Of(report).ToArray();
        foreach (var annotation in annotations)
        {
            var code = annotation.Code.Length > 0 ? $"code={Property(annotation.Code)};" : "";
            var line = annotation.Line == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"linenumber={annotation.Line};columnnumber={annotation.Column};");
            text.WriteLine($"##vso[task.logissue type={(annotation.IsError ? "error" : "warning")};sourcepath={Property(annotation.Path)};{line}{code}]{Data($"{annotation.Title}: {annotation.Text}")}");
        }

        foreach (var cause in report.Causes)
        {
            text.WriteLine(LogLine.Harmless($"modelgate: cause: {cause.Sentence} (explains {string.Join(", ", cause.Explains)})"));
        }

        var result = report.Verdict != Verdict.Passed ? "Failed" : annotations.Length > 0 ? "SucceededWithIssues" : "Succeeded";
        text.WriteLine($"##vso[task.complete result={result};]modelgate: {VerdictLine.Of(report)}");
    }

    /// <inheritdoc/>
    public override void Refuse(IReadOnlyList<ConfigurationError> errors, Stream output)
    {
        using var text = new StreamWriter(output, leaveOpen: true) { NewLine = "\n" };
        foreach (var annotation in AnnotationQuota.Of(errors))
        {
            text.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"##vso[task.logissue type=error;sourcepath={Property(annotation.Path)};linenumber={annotation.Line};columnnumber={annotation.Column};code={annotation.Code};]{Data($"{annotation.Title}: {annotation.Text}")}"));
        }

        text.WriteLine("##vso[task.complete result=Failed;]modelgate: inconclusive: the configuration cannot be used");
    }

    private static string Property(string value) => Data(value).Replace("]", "%5D", StringComparison.Ordinal).Replace(";", "%3B", StringComparison.Ordinal);

    private static string Data(string value)
        => LogLine.WithoutMarks(Excerpt.Of(value, LongestMessage))
            .Replace("%", "%AZP25", StringComparison.Ordinal)
            .Replace("\r", "%0D", StringComparison.Ordinal)
            .Replace("\n", "%0A", StringComparison.Ordinal);
}

using System.Globalization;
using ModelGate.Evaluation;
using ModelGate.Runs;

namespace ModelGate.Reports;

/// <summary>The verdict in one line: <c>failed: 3 failed, 1 passed</c>.</summary>
internal static class VerdictLine
{
    /// <summary>The verdict, and how many results have each outcome.</summary>
    public static string Of(Report report)
    {
        var warned = report.Results.Count(r => r.Outcome == Outcome.Failed && r.Severity == Severity.Warning);
        (int Count, string Word)[] counts =
        [
            (report.Count(Outcome.Failed) - warned, "failed"),
            (warned, "warned"),
            (report.Count(Outcome.Inconclusive), "inconclusive"),
            (report.Count(Outcome.Waived), "waived"),
            (report.Count(Outcome.NotApplicable), "not applicable"),
            (report.Count(Outcome.Passed), "passed"),
        ];
        var told = counts.Where(c => c.Count > 0).Select(c => string.Create(CultureInfo.InvariantCulture, $"{c.Count} {c.Word}")).ToArray();
        return $"{Word(report.Verdict)}: {(told.Length > 0 ? string.Join(", ", told) : "no gate ran")}";
    }

    /// <summary>The verdict in one word.</summary>
    public static string Word(Verdict verdict) => verdict switch
    {
        Verdict.Passed => "passed",
        Verdict.Failed => "failed",
        _ => "inconclusive",
    };
}

using System.Globalization;
using ModelGate.Runs;

namespace ModelGate.Reports;

/// <summary>The verdict in one line: <c>failed: 3 failed, 1 passed</c>.</summary>
internal static class VerdictLine
{
    /// <summary>The verdict, and how many results there are of each kind, what failed first.</summary>
    public static string Of(RunRecord report)
    {
        var counts = report.Results.OrderBy(r => r.Rank).CountBy(r => r.Word).Select(c => string.Create(CultureInfo.InvariantCulture, $"{c.Value} {Participle(c.Key)}")).ToArray();
        return $"{Word(report.Verdict)}: {(counts.Length > 0 ? string.Join(", ", counts) : "no gate ran: turn some on under \"gates\" (modelgate explain describes each)")}";
    }

    /// <summary>The verdict in one word.</summary>
    public static string Word(Verdict verdict) => verdict switch
    {
        Verdict.Passed => "passed",
        Verdict.Failed => "failed",
        _ => "inconclusive",
    };

    private static string Participle(string word) => word == "warning" ? "warned" : word;
}

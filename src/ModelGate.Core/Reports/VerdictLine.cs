using System.Globalization;
using ModelGate.Runs;

namespace ModelGate.Reports;

/// <summary>The verdict in one line: <c>failed: 3 of 12 judgements failed, in 3 of 6 gates</c>.</summary>
internal static class VerdictLine
{
    /// <summary>The verdict, and how many judgements and gates it comes from, the worst first. A gate judges each file that it is for by itself.</summary>
    public static string Of(RunRecord report)
    {
        var all = report.Results;
        if (all.Count == 0)
        {
            return $"{Word(report.Verdict)}: no gate ran: turn some on under \"gates\" (modelgate explain describes each)";
        }

        var groups = all.OrderBy(r => r.Rank).GroupBy(r => r.Word).ToArray();
        var worst = groups[0];
        var others = groups.Skip(1).Where(g => g.Any(r => r.Outcome != Outcome.Passed)).Select(g => string.Create(CultureInfo.InvariantCulture, $", {g.Count()} {Participle(g.Key)}"));
        var of = groups.Length == 1 ? SafeText.Count(all.Count, "judgement").Value : string.Create(CultureInfo.InvariantCulture, $"{worst.Count()} of {SafeText.Count(all.Count, "judgement")}");
        var gates = Gates(all) == 1 ? "" : worst.All(r => r.Outcome == Outcome.Passed) ? string.Create(CultureInfo.InvariantCulture, $" by {Gates(all)} gates")
            : string.Create(CultureInfo.InvariantCulture, $", in {Gates(worst)} of {Gates(all)} gates");
        return $"{Word(report.Verdict)}: {of} {Participle(worst.Key)}{gates}{string.Concat(others)}";
    }

    private static int Gates(IEnumerable<RunResult> results) => results.Select(r => r.Gate.Id).Distinct(StringComparer.Ordinal).Count();

    /// <summary>The verdict in one word.</summary>
    public static string Word(Verdict verdict) => verdict switch
    {
        Verdict.Passed => "passed",
        Verdict.Failed => "failed",
        _ => "inconclusive",
    };

    private static string Participle(string word) => word == "warning" ? "warned" : word;
}

using System.Globalization;
using ModelGate.Reports.Html.Page;
using ModelGate.Reports.Html.Plots;
using ModelGate.Runs;

namespace ModelGate.Reports.Html;

/// <summary>Each number of a model over its runs: drawn, and as it was and is. What got worse is first.</summary>
internal static class HistoryTable
{
    private const int Most = 400;

    /// <summary>Writes the table, where there is anything to compare.</summary>
    /// <param name="page">The page.</param>
    /// <param name="entries">The entries of a model, the oldest first.</param>
    public static void Write(HtmlPage page, IReadOnlyList<HistoryEntry> entries)
    {
        var series = RunHistory.Series(entries).Select(s => (Series: s, Change: s.Worsening)).OrderByDescending(s => s.Change).ThenBy(s => s.Series.Last.Signal, StringComparer.Ordinal).ThenBy(s => s.Series.Last.Subject.Value, StringComparer.Ordinal).ToArray();
        if (series.Length == 0)
        {
            page.Add($"<p class=\"quiet\">Nothing was measured that has a better direction.</p>\n");
            return;
        }

        var labels = entries.ToDictionary(e => e.Run, RunLabel.Of);
        page.Add($"<table class=\"stack scored history\">\n<thead><tr><th scope=\"col\">signal</th><th scope=\"col\">of</th><th scope=\"col\">over the runs</th><th scope=\"col\" class=\"number\">before</th><th scope=\"col\" class=\"number\">now</th><th scope=\"col\">change</th></tr></thead>\n<tbody>\n");
        foreach (var (one, change) in series.Take(Most))
        {
            var before = one.Points is [.., var (_, value), _] ? value : (double?)null;
            page.Add($"<tr><th scope=\"row\">{one.Last.Signal}</th><td data-label=\"of\"><bdi>{one.Last.Subject}</bdi></td><td class=\"drawn\">{Sparkline.Of(one, labels)}</td>");
            page.Add($"<td class=\"number\" data-label=\"before\">{(before is { } b ? Words.Number(b) : "")}</td><td class=\"number\" data-label=\"now\">{Words.Number(one.Last.Value)}{(one.Last.Unit.Length > 0 ? " " + one.Last.Unit : "")}</td>");
            var (tone, word) = before is null ? ("not-applicable", "new") : change > 0 ? ("failed", "worse") : change < 0 ? ("passed", "better") : ("not-applicable", "same");
            page.Add($"<td><span class=\"state {tone}\">{word}</span>{(double.IsFinite(change) && change != 0 ? $" {(100 * Math.Abs(change)).ToString("0.#", CultureInfo.InvariantCulture)} %" : "")}</td></tr>\n");
        }

        page.Add($"</tbody>\n</table>\n");
        More.Write(page, series.Length - Most, "number", "numbers");
    }
}

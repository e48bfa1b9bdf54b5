using ModelGate.Reports.Html.Page;
using ModelGate.Runs;

namespace ModelGate.Reports.Html;

/// <summary>The numbers of this run beside those of the runs before it.</summary>
internal static class HistorySection
{
    /// <summary>Writes it, where a history was given.</summary>
    public static void Write(HtmlPage page, RunRecord report)
    {
        if (report.History is not { } history)
        {
            return;
        }

        page.Add($"<section aria-labelledby=\"history\">\n<h2 id=\"history\">Over the runs</h2>\n");
        foreach (var configuration in report.Configurations)
        {
            var entries = history.Of(configuration.Model.Value);
            page.Add($"<details class=\"raw\"{new Markup(report.Configurations.Count == 1 ? " open=\"open\"" : "")}><summary><bdi>{(configuration.Model.IsEmpty ? SafeText.Of($"this model") : configuration.Model)}</bdi>: {Words.Count(entries.Count, "run", "runs")}, this one included</summary>\n");
            page.Add($"<p>{VerdictStrip.Of(entries)}</p>\n");
            HistoryTable.Write(page, entries);
            page.Add($"</details>\n");
        }

        page.Add($"</section>\n");
    }
}

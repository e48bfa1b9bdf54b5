using ModelGate.Reports.Html.Page;
using ModelGate.Runs;

namespace ModelGate.Reports.Html;

/// <summary>What is wrong in one sentence each, and before that what joins it.</summary>
internal static class FindingsSection
{
    private const int Most = 100;

    /// <summary>Most findings of one gate: the others are in its table.</summary>
    private const int MostOfOneGate = 5;

    /// <summary>Writes it.</summary>
    public static void Write(HtmlPage page, RunRecord report, GateCards cards)
    {
        WriteCauses(page, report);
        var findings = ReportedFinding.Of(report);
        if (findings.Count == 0)
        {
            return;
        }

        page.Add($"<section aria-labelledby=\"findings\">\n<h2 id=\"findings\">Findings</h2>\n<ol class=\"findings\">\n");
        var written = 0;
        foreach (var gate in findings.GroupBy(f => (f.Result.Rank, f.Gate.Id)))
        {
            ReportedFinding[] all = [.. gate];
            ReportedFinding[] shown = [.. all.Take(Math.Min(MostOfOneGate, Most - written))];
            var areSeveral = all.Any(f => f.Result != all[0].Result);
            foreach (var finding in shown)
            {
                WriteFinding(page, finding, areSeveral, cards);
            }

            if (shown.Length < all.Length && shown.Length > 0)
            {
                var word = Words.Class(all[0].Result);
                page.Add($"<li class=\"{word}\">{Icons.Of(word)}<p>and {Words.Count(all.Length - shown.Length, "more finding", "more findings")} of {Link(cards.AnchorOf(all[0].Result), all[0].Title)}</p></li>\n");
            }

            written += shown.Length;
        }

        page.Add($"</ol>\n");
        if (written == Most)
        {
            More.Write(page, findings.Count - written, "finding", "findings");
        }

        page.Add($"</section>\n");
    }

    private static void WriteFinding(HtmlPage page, ReportedFinding finding, bool isOfSeveral, GateCards cards)
    {
        var word = Words.Class(finding.Result);
        page.Add($"<li class=\"{word}\">{Icons.Of(word)}<p><bdi>{Words.Sentence((isOfSeveral ? finding.Result.Sentence(finding.Message) : finding.Result.InGroup(finding.Message)).Value)}</bdi> {Link(cards.AnchorOf(finding.Result), finding.Title)}</p></li>\n");
    }

    private static Markup Link(string? anchor, string title)
        => new(anchor is null ? $"<span class=\"quiet\">{HtmlPage.Encode(title)}</span>" : $"<a href=\"#{anchor}\">{HtmlPage.Encode(title)}</a>");

    private static void WriteCauses(HtmlPage page, RunRecord report)
    {
        if (report.Causes.Count == 0)
        {
            return;
        }

        page.Add($"<section class=\"causes\" aria-labelledby=\"causes\">\n<h2 id=\"causes\">What it comes from</h2>\n<ol>\n");
        foreach (var cause in report.Causes.Take(Most))
        {
            page.Add($"<li><p><bdi>{Words.Sentence(cause.Sentence.Value)}</bdi> <span class=\"quiet\">joins {string.Join(", ", cause.Explains)}</span></p></li>\n");
        }

        page.Add($"</ol>\n</section>\n");
    }
}

using ModelGate.Reports.Html.Page;
using ModelGate.Runs;

namespace ModelGate.Reports.Html;

/// <summary>What is wrong in one sentence each, and before that what joins it.</summary>
internal static class FindingsSection
{
    private const int Most = 100;

    /// <summary>Writes it.</summary>
    public static void Write(HtmlPage page, RunRecord report)
    {
        WriteCauses(page, report);
        var results = GateSection.Ordered(report).ToArray();
        var findings = ReportedFinding.Of(report);
        if (findings.Count > 0)
        {
            page.Add($"<section aria-labelledby=\"findings\">\n<h2 id=\"findings\">Findings</h2>\n<ol class=\"findings\">\n");
            foreach (var finding in findings.Take(Most))
            {
                var word = Words.Class(finding.Result);
                page.Add($"<li class=\"{word}\">{Icons.Of(word)}<p><bdi>{Words.Sentence(finding.Result.InGroup(finding.Message).Value)}</bdi> ");
                var anchor = Array.IndexOf(results, finding.Result);
                if (anchor < GateSection.Most)
                {
                    page.Add($"<a href=\"#r{anchor}\">{finding.Title}</a></p></li>\n");
                }
                else
                {
                    page.Add($"<span class=\"quiet\">{finding.Title}</span></p></li>\n");
                }
            }

            page.Add($"</ol>\n");
            More.Write(page, findings.Count - Most, "finding", "findings");
            page.Add($"</section>\n");
        }
    }

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

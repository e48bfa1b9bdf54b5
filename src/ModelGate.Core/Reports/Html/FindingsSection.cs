using ModelGate.Evaluation;

namespace ModelGate.Reports.Html;

/// <summary>What is wrong in one sentence each, and before that what joins it.</summary>
internal static class FindingsSection
{
    private const int Most = 100;

    /// <summary>Writes it.</summary>
    public static void Write(HtmlPage page, Report report)
    {
        WriteCauses(page, report);
        var results = GateSection.Ordered(report);
        var sentences = results
            .SelectMany((r, i) => Trouble(r).Select(message => (Result: r, Message: message, Anchor: i)))
            .ToArray();
        if (sentences.Length > 0)
        {
            page.Add($"<section aria-labelledby=\"findings\">\n<h2 id=\"findings\">Findings</h2>\n<ol class=\"findings\">\n");
            foreach (var (result, message, anchor) in sentences.Take(Most))
            {
                var word = Words.Outcome(result);
                page.Add($"<li class=\"{word}\">{Icons.Of(word)}<p><bdi>{Words.Sentence(message)}</bdi> ");
                if (anchor < GateSection.Most)
                {
                    page.Add($"<a href=\"#r{anchor}\">{result.Gate.Id} {result.Gate.Name}</a></p></li>\n");
                }
                else
                {
                    page.Add($"<span class=\"quiet\">{result.Gate.Id} {result.Gate.Name}</span></p></li>\n");
                }
            }

            page.Add($"</ol>\n");
            More.Write(page, sentences.Length - Most, "finding", "findings");
            page.Add($"</section>\n");
        }
    }

    private static IEnumerable<string> Trouble(GateResult result) => result.Outcome switch
    {
        Outcome.Failed or Outcome.Waived => result.Findings.Select(f => f.Message.Value).DefaultIfEmpty(result.Message.Value).Distinct(),
        Outcome.Inconclusive => [result.Message.Value],
        _ => [],
    };

    private static void WriteCauses(HtmlPage page, Report report)
    {
        if (report.Causes.Count == 0)
        {
            return;
        }

        page.Add($"<section class=\"causes\" aria-labelledby=\"causes\">\n<h2 id=\"causes\">What it comes from</h2>\n<ol>\n");
        foreach (var cause in report.Causes.Take(Most))
        {
            page.Add($"<li><p><bdi>{Words.Sentence(cause.Message.Value)}</bdi> <span class=\"quiet\">joins {string.Join(", ", cause.Explains)}</span></p></li>\n");
        }

        page.Add($"</ol>\n</section>\n");
    }
}

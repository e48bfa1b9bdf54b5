using ModelGate.Evaluation;

namespace ModelGate.Reports.Html;

/// <summary>The head of the page: the verdict, and how many results have each outcome.</summary>
internal static class VerdictSection
{
    private static readonly string[] Order = ["failed", "warning", "inconclusive", "waived", "passed", "skipped"];

    /// <summary>The verdict in a word.</summary>
    public static string Word(Report report) => report.Verdict.ToString().ToLowerInvariant();

    /// <summary>Writes it.</summary>
    public static void Write(HtmlPage page, Report report)
    {
        var word = Word(report);
        page.Add($"<header class=\"verdict {word}\">\n<p class=\"product\">ModelGate {ProductVersion.Text}</p>\n");
        page.Add($"<h1>{Icons.Of(word)}<span>{Words.Capital(word)}</span></h1>\n");
        if (!report.Configuration.Path.IsEmpty)
        {
            page.Add($"<p class=\"subject\"><bdi>{report.Configuration.Path}</bdi></p>\n");
        }

        page.Add($"<ul class=\"tally\" aria-label=\"Outcomes\">");
        var counts = report.Results.CountBy(Words.Outcome).ToDictionary();
        foreach (var outcome in Order.Where(counts.ContainsKey))
        {
            page.Add($"<li class=\"{outcome}\">{Icons.Of(outcome)}<b>{counts[outcome]}</b> {(outcome == "skipped" ? "not applicable" : outcome)}</li>");
        }

        page.Add($"</ul>\n</header>\n");
    }
}

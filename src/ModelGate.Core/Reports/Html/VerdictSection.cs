using ModelGate.Reports.Html.Page;
using ModelGate.Runs;

namespace ModelGate.Reports.Html;

/// <summary>The head of the page: the verdict, and how many results have each outcome.</summary>
internal static class VerdictSection
{
    /// <summary>Writes it.</summary>
    public static void Write(HtmlPage page, RunRecord report)
    {
        var word = VerdictLine.Word(report.Verdict);
        page.Add($"<header class=\"verdict {word}\">\n<p class=\"product\">ModelGate {ProductVersion.Text}</p>\n");
        page.Add($"<h1>{Icons.Of(word)}<span>{Words.Capital(word)}</span></h1>\n");
        if (!report.Title.IsEmpty)
        {
            page.Add($"<p class=\"subject\"><bdi>{report.Title}</bdi></p>\n");
        }

        page.Add($"<ul class=\"tally\" aria-label=\"Outcomes\">");
        foreach (var kind in report.Results.OrderBy(r => r.Rank).GroupBy(r => r.Word))
        {
            var name = Words.Class(kind.First());
            page.Add($"<li class=\"{name}\">{Icons.Of(name)}<b>{kind.Count()}</b> {kind.Key}</li>");
        }

        page.Add($"</ul>\n</header>\n");
    }
}

using ModelGate.Reports.Html.Page;
using ModelGate.Runs;

namespace ModelGate.Reports.Html;

/// <summary>The head of the page: the verdict, which run it is of, and how many results have each outcome.</summary>
internal static class VerdictSection
{
    private const int ShortCommit = 12;

    /// <summary>Writes it.</summary>
    public static void Write(HtmlPage page, RunRecord report)
    {
        var word = VerdictLine.Word(report.Verdict);
        page.Add($"<header class=\"verdict {word}\">\n<p class=\"product\">ModelGate {report.ToolVersion}</p>\n");
        page.Add($"<h1>{Icons.Of(word)}<span>{Words.Capital(word)}</span></h1>\n");
        if (!report.Title.IsEmpty)
        {
            page.Add($"<p class=\"subject\"><bdi>{report.Title}</bdi></p>\n");
        }

        WriteOrigin(page, report.Origin);
        page.Add($"<ul class=\"tally\" aria-label=\"Outcomes\">");
        foreach (var kind in report.Results.OrderBy(r => r.Rank).GroupBy(r => r.Word))
        {
            var name = Words.Class(kind.First());
            page.Add($"<li class=\"{name}\">{Icons.Of(name)}<b>{kind.Count()}</b> {kind.Key}</li>");
        }

        page.Add($"</ul>\n</header>\n");
    }

    private static void WriteOrigin(HtmlPage page, RunOrigin origin)
    {
        if (origin.IsEmpty)
        {
            return;
        }

        page.Add($"<dl class=\"origin\">");
        if (!origin.Name.IsEmpty)
        {
            page.Add($"<div><dt>Run</dt><dd><bdi>{origin.Name}</bdi></dd></div>");
        }

        if (origin.Date is { } date)
        {
            var spelt = RunOrigin.Spell(date);
            page.Add($"<div><dt>Date</dt><dd><time datetime=\"{spelt}\">{spelt.Replace('T', ' ').Replace("Z", " UTC", StringComparison.Ordinal)}</time></dd></div>");
        }

        if (!origin.Commit.IsEmpty)
        {
            var commit = origin.Commit.Value;
            page.Add($"<div><dt>Commit</dt><dd><code title=\"{commit}\"><bdi>{(commit.Length > ShortCommit ? commit[..ShortCommit] : commit)}</bdi></code></dd></div>");
        }

        page.Add($"</dl>\n");
    }
}

using ModelGate.Gates;
using ModelGate.Reports.Html.Page;
using ModelGate.Runs;

namespace ModelGate.Reports.Html;

/// <summary>Every result with its numbers, its reasons and its pictures; what failed comes first and is open.</summary>
internal static class GateSection
{
    /// <summary>Most results that are shown.</summary>
    public const int Most = 300;

    private const int MostSentences = 50;

    /// <summary>The results in the order of the page.</summary>
    public static IReadOnlyList<RunResult> Ordered(RunRecord report) => [.. report.Results.OrderBy(r => r.Rank)];

    /// <summary>Writes it.</summary>
    public static void Write(HtmlPage page, RunRecord report)
    {
        var results = Ordered(report);
        var figures = new Figures();
        page.Add($"<section aria-labelledby=\"gates\">\n<h2 id=\"gates\">Gates</h2>\n");
        for (var i = 0; i < Math.Min(results.Count, Most); i++)
        {
            WriteResult(page, report, results[i], i, figures);
        }

        More.Write(page, results.Count - Most, "result", "results");
        page.Add($"</section>\n");
    }

    private static void WriteResult(HtmlPage page, RunRecord report, RunResult result, int index, Figures figures)
    {
        var word = Words.Class(result);
        var open = new Markup(result.Outcome is Outcome.Failed or Outcome.Inconclusive ? " open=\"open\"" : "");
        page.Add($"<details class=\"gate {word}\" id=\"r{index}\"{open}>\n<summary><span class=\"badge\">{Icons.Of(word)}{result.Word}</span>");
        page.Add($"<h3>{result.Gate.Name}</h3><span class=\"about\">{result.Gate.Id}");
        if (!result.Subject.IsEmpty)
        {
            page.Add($" · <bdi>{result.Subject}</bdi>");
        }

        page.Add($"</span><span class=\"gist\"><bdi>{Words.Sentence(result.Message.Value)}</bdi></span></summary>\n<div class=\"body\">\n<p class=\"message\"><bdi>{Words.Sentence(result.Message.Value)}</bdi></p>\n");
        WriteFindings(page, result);
        if (result.Measurements.Count > 0)
        {
            NumbersTable.Write(page, result);
        }

        WriteReasons(page, report, result);
        figures.Write(page, result.Exhibits);
        page.Add($"</div>\n</details>\n");
    }

    private static void WriteFindings(HtmlPage page, RunResult result)
    {
        var others = result.Findings.Select(f => f.Message).Where(m => m != result.Message).Distinct().ToArray();
        if (others.Length > 0)
        {
            page.Add($"<ul class=\"sentences\">\n");
            foreach (var message in others.Take(MostSentences))
            {
                page.Add($"<li><bdi>{Words.Sentence(message.Value)}</bdi></li>\n");
            }

            page.Add($"</ul>\n");
            More.Write(page, others.Length - MostSentences, "finding", "findings");
        }
    }

    private static void WriteReasons(HtmlPage page, RunRecord report, RunResult result)
    {
        page.Add($"<dl class=\"reasons\">\n");
        IReadOnlyList<ModuleOutlines> outlines = [];
        if (result.Outcome is Outcome.Failed or Outcome.Waived)
        {
            var remedies = result.Findings.Select(f => f.Remedy).Where(r => !r.IsEmpty).Distinct().Take(MostSentences).ToArray();
            var fix = remedies.Length > 0
                ? new Markup($"<bdi>{HtmlPage.Encode(string.Join(' ', remedies.Select(r => Words.Sentence(r.Value))))}</bdi>")
                : Prose(GatePage.FirstParagraph(result.Gate, "How to fix"));
            page.Add($"<div><dt>Why it matters</dt><dd>{Prose(GatePage.FirstParagraph(result.Gate, "Why it matters"))}</dd></div>\n");
            page.Add($"<div><dt>How to fix it</dt><dd>{fix}</dd></div>\n");
            outlines = [.. result.Findings.SelectMany(f => f.Outlines).Take(MostSentences)];
        }
        else
        {
            page.Add($"<div><dt>What it asks</dt><dd>{result.Gate.Summary}</dd></div>\n");
        }

        page.Add($"<div><dt>More</dt><dd><code>modelgate explain {result.Gate.Id}</code>");
        if (!result.At.File.IsEmpty)
        {
            page.Add($"; asked for in <code><bdi>{result.At.File}:{result.At.Line}</bdi></code>");
        }

        page.Add($"</dd></div>\n</dl>\n");
        OutlinesView.Write(page, outlines);
    }

    // The pages are written in Markdown, and a paragraph of theirs holds no mark but that of code.
    private static Markup Prose(string paragraph)
    {
        var parts = paragraph.Split('`').Select(HtmlPage.Encode).ToArray();
        return new Markup(parts.Length % 2 == 0
            ? HtmlPage.Encode(paragraph)
            : string.Concat(parts.Select((part, i) => i % 2 == 0 ? part : $"<code>{part}</code>")));
    }
}

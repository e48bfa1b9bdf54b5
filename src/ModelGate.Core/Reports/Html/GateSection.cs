using ModelGate.Reports.Html.Page;
using ModelGate.Runs;

namespace ModelGate.Reports.Html;

/// <summary>Every gate with its pictures, its reasons and its numbers; what failed comes first and is open.</summary>
internal static class GateSection
{
    /// <summary>Most files of a card that begin open.</summary>
    private const int MostOpen = 2;

    private const int MostSentences = 50;

    /// <summary>Writes it.</summary>
    public static void Write(HtmlPage page, RunRecord report, GateCards cards)
    {
        var figures = new Figures(report);
        page.Add($"<section aria-labelledby=\"gates\">\n<h2 id=\"gates\">Gates</h2>\n");
        foreach (var card in cards.Cards)
        {
            WriteCard(page, report, card, cards, figures);
        }

        More.Write(page, cards.Left, "result", "results");
        page.Add($"</section>\n");
    }

    private static void WriteCard(HtmlPage page, RunRecord report, GateCard card, GateCards cards, Figures figures)
    {
        var (first, isOne) = (card.First, card.All.Count == 1);
        var word = Words.Class(first);
        var isOpen = first.Outcome is Outcome.Failed or Outcome.Inconclusive || (report.Verdict == Verdict.Passed && card.HasPictures);
        var gist = isOne ? first.Message.Value : first.Outcome == Outcome.Passed ? first.Gate.Summary : first.Sentence(first.Message).Value;
        page.Add($"<details class=\"gate {word}\" id=\"{(isOne ? cards.AnchorOf(first) : card.Anchor)}\"{Open(isOpen)}>\n<summary><span class=\"badge\">{Icons.Of(word)}{first.Word}</span>");
        page.Add($"<h3>{first.Gate.Name}</h3><span class=\"about\">{first.Gate.Id}");
        if (!isOne)
        {
            page.Add($" · {Words.Count(card.All.Count, "judgement", "judgements")}");
        }
        else if (!first.Subject.IsEmpty)
        {
            page.Add($" · <bdi>{first.Subject}</bdi>");
        }

        page.Add($"</span><span class=\"gist\"><bdi>{Words.Sentence(gist)}</bdi></span></summary>\n<div class=\"body\">\n");
        if (isOne)
        {
            WriteMessages(page, first);
            Reasons.WriteFix(page, card);
            WriteEvidence(page, first, figures);
        }
        else
        {
            page.Add($"<p class=\"message\">{Words.Sentence(first.Gate.Summary)}</p>\n");
            Reasons.WriteFix(page, card);
            FilesTable.Write(page, card, cards);
            WriteFiles(page, card, cards, figures, isOpen);
        }

        Reasons.Write(page, card);
        page.Add($"</div>\n</details>\n");
    }

    // The first of them are open, so that who opens the card sees pictures and not a list of names.
    private static void WriteFiles(HtmlPage page, GateCard card, GateCards cards, Figures figures, bool isOpen)
    {
        var open = isOpen ? MostOpen : 1;
        foreach (var result in card.Rows.Where(card.Detailed.Contains))
        {
            page.Add($"<details class=\"file\" id=\"{cards.AnchorOf(result)}\"{Open(result.Exhibits.Count > 0 && open-- > 0)}><summary><h4><bdi>{NameOf(result)}</bdi></h4></summary>\n<div class=\"body\">\n");
            WriteMessages(page, result);
            WriteEvidence(page, result, figures);
            page.Add($"</div>\n</details>\n");
        }
    }

    /// <summary>What a result of several is told from the others by.</summary>
    internal static string NameOf(RunResult result)
        => !result.Subject.IsEmpty ? result.Subject.Value
            : !result.Identity.IsEmpty ? result.Identity.Value
            : result.Measurements.Select(m => m.Signal).FirstOrDefault() ?? result.Gate.Name;

    private static void WriteMessages(HtmlPage page, RunResult result)
    {
        page.Add($"<p class=\"message\"><bdi>{Words.Sentence(result.Message.Value)}</bdi></p>\n");
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

    // Pictures first; the numbers that they are drawn from are folded under them.
    private static void WriteEvidence(HtmlPage page, RunResult result, Figures figures)
    {
        ScoreList.Write(page, result);
        if (result.Outcome is Outcome.Failed or Outcome.Waived)
        {
            OutlinesView.Write(page, [.. result.Findings.SelectMany(f => f.Outlines).Take(MostSentences)]);
        }

        figures.Write(page, result);
        if (result.Measurements.Count > 0)
        {
            page.Add($"<details class=\"raw\"><summary>{Words.Count(result.Measurements.Count, "number", "numbers")}</summary>\n");
            NumbersTable.Write(page, result);
            page.Add($"</details>\n");
        }
    }

    private static Markup Open(bool isOpen) => new(isOpen ? " open=\"open\"" : "");
}

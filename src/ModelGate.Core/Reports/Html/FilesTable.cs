using ModelGate.Reports.Html.Page;
using ModelGate.Runs;

namespace ModelGate.Reports.Html;

/// <summary>The results of one gate that came out alike, a row each: the file, what is said of it, and the score that decides.</summary>
internal static class FilesTable
{
    /// <summary>Writes it.</summary>
    public static void Write(HtmlPage page, GateCard card, GateCards cards)
    {
        var scores = card.Rows.Select(ScoreOf).ToArray();
        var hasScores = scores.Any(s => s is not null && !ScoreBar.IsExact(s));

        // A sentence beside the score says nothing that the score does not, where all is well.
        var hasSentences = !hasScores || card.First.Outcome != Outcome.Passed;
        page.Add($"<table class=\"stack files\">\n<thead><tr><th scope=\"col\">file</th>");
        page.Add($"{new Markup(hasScores ? "<th scope=\"col\" class=\"number\">value</th><th scope=\"col\"><span class=\"unseen\">as a bar</span></th><th scope=\"col\">distance</th>" : "")}{new Markup(hasSentences ? "<th scope=\"col\">what it says</th>" : "")}</tr></thead>\n<tbody>\n");
        foreach (var (result, score) in card.Rows.Zip(scores))
        {
            WriteRow(page, card, cards, result, hasScores ? score : null, (hasScores, hasSentences));
        }

        page.Add($"</tbody>\n</table>\n");
        More.Write(page, card.All.Count - card.Rows.Count, "file", "files");
    }

    private static void WriteRow(HtmlPage page, GateCard card, GateCards cards, RunResult result, Measurement? score, (bool Scores, bool Sentences) has)
    {
        var anchor = new Markup(cards.AnchorOf(result) ?? "");
        var isDetailed = card.Detailed.Contains(result);
        page.Add($"<tr{new Markup(isDetailed ? "" : $" id=\"{anchor.Text}\"")}><th scope=\"row\">");
        if (isDetailed)
        {
            page.Add($"<a href=\"#{anchor}\"><bdi>{GateSection.NameOf(result)}</bdi></a></th>");
        }
        else
        {
            page.Add($"<bdi>{GateSection.NameOf(result)}</bdi></th>");
        }

        if (has.Scores)
        {
            page.Add($"<td class=\"number\" data-label=\"{score?.Signal}\">{(score is null ? "" : Words.Number(score) + (score.Unit.Length > 0 ? " " + score.Unit : ""))}</td><td class=\"drawn\">{(score is null ? default : ScoreBar.Of(score))}</td><td class=\"far\">");
            if (score is not null)
            {
                ScoreList.WriteDistance(page, score);
            }

            page.Add($"</td>");
        }

        if (has.Sentences)
        {
            page.Add($"<td class=\"said\"><bdi>{Words.Sentence(result.Message.Value)}</bdi></td>");
        }

        page.Add($"</tr>\n");
    }

    private static Measurement? ScoreOf(RunResult result)
        => result.Measurements.Where(m => m is { Observed: not null, Required: not null }).MinBy(ScoreBar.Nearness);
}

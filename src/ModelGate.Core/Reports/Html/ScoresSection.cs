using ModelGate.Reports.Html.Page;
using ModelGate.Runs;

namespace ModelGate.Reports.Html;

/// <summary>Every limit of the run at a glance: the value that comes nearest to it, or misses it by most, with its distance.</summary>
internal static class ScoresSection
{
    private const int Most = 60;

    /// <summary>Writes it, where anything has a limit.</summary>
    public static void Write(HtmlPage page, RunRecord report, GateCards cards)
    {
        var scores = report.Results
            .SelectMany(r => r.Measurements.Where(m => m is { Observed: not null, Required: not null }).Select(m => (Result: r, Score: m)))
            .GroupBy(s => (s.Result.Gate.Id, s.Score.Signal, s.Score.Required!.Relation))
            .Select(g => (Nearest: g.MinBy(s => ScoreBar.Nearness(s.Score)), Count: g.Count()))
            .OrderBy(s => s.Nearest.Result.Rank)
            .ThenBy(s => s.Nearest.Score.Required!.IsMetBy(s.Nearest.Score.Observed!.Value))
            .ToArray();
        if (scores.Length == 0)
        {
            return;
        }

        // What is kept to the number is soon said, and what has room is worth a look.
        var exact = scores.Where(s => ScoreBar.IsExact(s.Nearest.Score)).ToArray();
        var open = scores.Where(s => !ScoreBar.IsExact(s.Nearest.Score)).ToArray();
        page.Add($"<section aria-labelledby=\"scores\">\n<h2 id=\"scores\">Scores</h2>\n");
        WriteTable(page, open, cards, "Limits with room, or missed");
        if (exact.Length > 0)
        {
            page.Add($"<details class=\"raw\"><summary>{Words.Count(exact.Length, "exact requirement is", "exact requirements are")} met</summary>\n");
            WriteTable(page, exact, cards, "Exact requirements");
            page.Add($"</details>\n");
        }

        page.Add($"</section>\n");
    }

    private static void WriteTable(HtmlPage page, ((RunResult Result, Measurement Score) Nearest, int Count)[] scores, GateCards cards, string label)
    {
        if (scores.Length == 0)
        {
            return;
        }

        page.Add($"<table class=\"stack scored\" aria-label=\"{label}\">\n<thead><tr><th scope=\"col\">signal</th><th scope=\"col\" class=\"number\">value</th><th scope=\"col\"><span class=\"unseen\">as a bar</span></th><th scope=\"col\">limit</th><th scope=\"col\">distance</th><th scope=\"col\">nearest to the limit</th></tr></thead>\n<tbody>\n");
        foreach (var ((result, score), count) in scores.Take(Most))
        {
            var isMet = score.Required!.IsMetBy(score.Observed!.Value);
            page.Add($"<tr{new Markup(isMet ? "" : " class=\"missed\"")}><th scope=\"row\">");
            if (cards.AnchorOf(result) is { } anchor)
            {
                page.Add($"<a href=\"#{new Markup(anchor)}\">{score.Signal}</a>");
            }
            else
            {
                page.Add($"{score.Signal}");
            }

            page.Add($"</th><td class=\"number\" data-label=\"value\">{Words.Number(score)}{(score.Unit.Length > 0 ? " " + score.Unit : "")}</td><td class=\"drawn\">{ScoreBar.Of(score)}</td>");
            page.Add($"<td class=\"short\" data-label=\"limit\">{Words.Required(score.Required)}</td><td class=\"far\">");
            ScoreList.WriteDistance(page, score);
            page.Add($"</td><td data-label=\"of\"><bdi>{(score.Place.IsEmpty ? result.Subject : score.Place)}</bdi>");
            if (count > 1)
            {
                page.Add($" <span class=\"quiet\">of {count}</span>");
            }

            page.Add($"</td></tr>\n");
        }

        page.Add($"</tbody>\n</table>\n");
        More.Write(page, scores.Length - Most, "score", "scores");
    }
}

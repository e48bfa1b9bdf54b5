using ModelGate.Reports.Html.Page;
using ModelGate.Runs;

namespace ModelGate.Reports.Html;

/// <summary>The scores of one result: each value that has a limit, the distance from it as a bar and in words.</summary>
internal static class ScoreList
{
    private const int Most = 8;

    /// <summary>Writes them; what misses its limit comes first.</summary>
    public static void Write(HtmlPage page, RunResult result)
    {
        Measurement[] scores = [.. result.Measurements.Where(m => m is { Observed: not null, Required: not null }).OrderBy(m => m.Required!.IsMetBy(m.Observed!.Value)).ThenBy(ScoreBar.IsExact)];
        if (scores.Length == 0)
        {
            return;
        }

        page.Add($"<ul class=\"scores\">\n");
        foreach (var score in scores.Take(Most))
        {
            page.Add($"<li><span class=\"signal\">{score.Signal}");
            if (!score.Subject.IsEmpty && score.Subject != result.Artifact)
            {
                page.Add($" <bdi class=\"quiet\">{score.Subject}</bdi>");
            }

            page.Add($"</span>");
            WriteParts(page, score);
            page.Add($"</li>\n");
        }

        page.Add($"</ul>\n");
        if (scores.Length > Most)
        {
            page.Add($"<p class=\"more\">and {Words.Count(scores.Length - Most, "more score", "more scores")} among the numbers below</p>\n");
        }
    }

    private static void WriteParts(HtmlPage page, Measurement score)
    {
        page.Add($"<span class=\"observed\">{Words.Number(score)}{(score.Unit.Length > 0 ? " " + score.Unit : "")}</span>{ScoreBar.Of(score)}");
        page.Add($"<span class=\"limit\">{Words.Required(score.Required!)}</span>");
        WriteDistance(page, score);
    }

    /// <summary>Whether the limit is kept, and by how much.</summary>
    internal static void WriteDistance(HtmlPage page, Measurement score)
    {
        var isMet = score.Required!.IsMetBy(score.Observed!.Value);
        var word = isMet ? "passed" : "failed";
        var distance = ScoreBar.Distance(score);
        page.Add($"<span class=\"distance {word}\">{Icons.Of(word)}{(distance.Length > 0 ? distance : isMet ? "met" : "missed")}</span>");
    }
}

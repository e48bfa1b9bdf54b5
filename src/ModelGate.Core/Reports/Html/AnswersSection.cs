using ModelGate.Reports.Html.Page;
using ModelGate.Runs;

namespace ModelGate.Reports.Html;

/// <summary>What is asked of a sick training run, with the answers of its own numbers.</summary>
internal static class AnswersSection
{
    /// <summary>Writes it, where anything was asked.</summary>
    public static void Write(HtmlPage page, RunRecord report)
    {
        if (report.Answers.Count == 0)
        {
            return;
        }

        page.Add($"<section aria-labelledby=\"answers\">\n<h2 id=\"answers\">What the run says of itself</h2>\n");
        foreach (var run in report.Answers.GroupBy(a => a.Group))
        {
            if (!run.Key.IsEmpty)
            {
                page.Add($"<h3><bdi>{run.Key}</bdi></h3>\n");
            }

            page.Add($"<ol class=\"answers\">\n");
            foreach (var answer in run)
            {
                var word = ClassOf(answer.State);
                page.Add($"<li class=\"{word}\">{Icons.Of(word)}<p><strong>{answer.Question}</strong> <bdi>{Words.Sentence(answer.Sentence.Value)}</bdi></p></li>\n");
            }

            page.Add($"</ol>\n");
        }

        page.Add($"</section>\n");
    }

    // The classes and icons of outcomes, which mean the same.
    private static string ClassOf(AnswerState state) => state switch
    {
        AnswerState.Good => "passed",
        AnswerState.Bad => "failed",
        _ => "inconclusive",
    };
}

using System.Text;
using ModelGate.Gates.Catalogue;
using ModelGate.Reports.Html.Page;
using ModelGate.Runs;

namespace ModelGate.Reports.Html;

/// <summary>All runs of a team: one file without a script that loads nothing; the same histories give the same bytes.</summary>
internal static class RunsPage
{
    // The tolerance that metric-must-not-regress has by default.
    private const double WorthAWord = 0.1;

    private const int MostModels = 1000;
    private const int MostGates = 4;
    private const int MostDetails = 200;

    /// <summary>Writes the page as UTF-8.</summary>
    public static void Write(IReadOnlyList<ModelHistory> models, Stream output)
    {
        ModelHistory[] sorted = [.. models.OrderBy(m => Order(m.Verdict)).ThenBy(m => m.Name.Value, StringComparer.Ordinal)];
        var worst = sorted.Length == 0 ? Verdict.Inconclusive : sorted[0].Verdict;
        var page = new HtmlPage();
        PageHead.Write(page, "Runs");
        var word = VerdictLine.Word(worst);
        page.Add($"<body>\n{Icons.Definitions}\n<header class=\"verdict {word}\">\n<p class=\"product\">ModelGate runs</p>\n<h1>{Icons.Of(word)}<span>{Heading(sorted)}</span></h1>\n<ul class=\"tally\" aria-label=\"Models by their newest run\">");
        foreach (var kind in sorted.GroupBy(m => m.Verdict))
        {
            page.Add($"<li class=\"{VerdictLine.Word(kind.Key)}\">{Icons.Of(VerdictLine.Word(kind.Key))}<b>{kind.Count()}</b> {VerdictLine.Word(kind.Key)}</li>");
        }

        page.Add($"</ul>\n</header>\n<main>\n");
        WriteModels(page, sorted);
        WriteDetails(page, sorted);
        page.Add($"</main>\n<footer><p>Made by ModelGate {ProductVersion.Text}. <code>modelgate explain SIGNAL</code> prints the definition of a signal.</p></footer>\n</body>\n</html>\n");
        output.Write(Encoding.UTF8.GetBytes(page.ToString()));
    }

    private static string Heading(ModelHistory[] models)
    {
        var bad = models.Count(m => m.Verdict != Verdict.Passed);
        return models.Length == 1 ? bad == 0 ? "The model passes" : "The model does not pass"
            : bad == 0 ? $"{Words.Count(models.Length, "model passes", "models pass")}" : $"{bad} of {models.Length} models {(bad == 1 ? "does" : "do")} not pass";
    }

    private static int Order(Verdict verdict) => verdict switch { Verdict.Failed => 0, Verdict.Inconclusive => 1, _ => 2 };

    private static void WriteModels(HtmlPage page, ModelHistory[] models)
    {
        page.Add($"<section aria-labelledby=\"models\">\n<h2 id=\"models\">Models</h2>\n<table class=\"stack runs\">\n<thead><tr><th scope=\"col\">model</th><th scope=\"col\">newest run</th><th scope=\"col\">stopped by</th><th scope=\"col\">runs, the newest at the right</th><th scope=\"col\">worse by over 10 %</th></tr></thead>\n<tbody>\n");
        foreach (var (index, model) in models.Take(MostModels).Index())
        {
            var word = VerdictLine.Word(model.Verdict);
            page.Add($"<tr{new Markup(model.Verdict == Verdict.Failed ? " class=\"missed\"" : "")}><th scope=\"row\">");
            if (index < MostDetails)
            {
                page.Add($"<a href=\"#m{index}\"><bdi>{NameOf(model)}</bdi></a>");
            }
            else
            {
                page.Add($"<bdi>{NameOf(model)}</bdi>");
            }

            page.Add($"</th><td data-label=\"newest run\"><span class=\"state {word}\">{Icons.Of(word)} {word}</span> <span class=\"quiet\">{RunLabel.Of(model.Last)}</span></td><td data-label=\"stopped by\">");
            page.Add($"{string.Join(", ", model.Last.Model.Stopped.Take(MostGates).Select(id => GateCatalogue.Find(id)?.Name ?? id))}{(model.Last.Model.Stopped.Count > MostGates ? $" and {model.Last.Model.Stopped.Count - MostGates} more" : "")}");
            page.Add($"</td><td class=\"drawn\">{VerdictStrip.Of(model.Entries)}</td>");
            var worse = RunHistory.Series(model.Entries).Count(s => s.Worsening > WorthAWord);
            page.Add($"<td data-label=\"worse by over 10 %\">{(model.Entries.Count < 2 ? "" : worse == 0 ? "nothing" : Words.Count(worse, "number", "numbers"))}</td></tr>\n");
        }

        page.Add($"</tbody>\n</table>\n");
        More.Write(page, models.Length - MostModels, "model", "models");
        page.Add($"</section>\n");
    }

    private static void WriteDetails(HtmlPage page, ModelHistory[] models)
    {
        page.Add($"<section aria-labelledby=\"numbers\">\n<h2 id=\"numbers\">Each number over the runs</h2>\n");
        foreach (var (index, model) in models.Take(MostDetails).Index())
        {
            var word = VerdictLine.Word(model.Verdict);
            page.Add($"<details class=\"gate {word}\" id=\"m{index}\"{new Markup(models.Length == 1 ? " open=\"open\"" : "")}>\n<summary><span class=\"badge\">{Icons.Of(word)} {word}</span><h3><bdi>{NameOf(model)}</bdi></h3><span class=\"about\">{Words.Count(model.Entries.Count, "run", "runs")}</span></summary>\n<div class=\"body\">\n");
            HistoryTable.Write(page, model.Entries);
            page.Add($"</div>\n</details>\n");
        }

        More.Write(page, models.Length - MostDetails, "model", "models");
        page.Add($"</section>\n");
    }

    private static SafeText NameOf(ModelHistory model) => model.Name.IsEmpty ? SafeText.Of($"the repository's root") : model.Name;
}

using ModelGate.Reports.Html.Page;
using ModelGate.Reports.Html.Plots;
using ModelGate.Runs;

namespace ModelGate.Reports.Html;

/// <summary>Turns what gates show into figures, as long as the page stays small enough to open at once.</summary>
internal sealed class Figures
{
    /// <summary>Characters of figures on one page: what failed comes first and so is always drawn.</summary>
    private const int Budget = 3_500_000;

    private int number;
    private int spent;

    /// <summary>Writes the figures of one result.</summary>
    public void Write(HtmlPage page, IReadOnlyList<Exhibit> exhibits)
    {
        if (exhibits.Count == 0)
        {
            return;
        }

        var drawn = 0;
        page.Add($"<div class=\"exhibits\">\n");
        foreach (var exhibit in exhibits.TakeWhile(_ => spent < Budget))
        {
            var start = page.Length;
            WriteFigure(page, exhibit, $"f{++number}");
            spent += page.Length - start;
            drawn++;
        }

        page.Add($"</div>\n");
        if (drawn < exhibits.Count)
        {
            page.Add($"<p class=\"more\">{Words.Count(exhibits.Count - drawn, "picture is", "pictures are")} left out: the page would be too large to open at once</p>\n");
        }
    }

    private static void WriteFigure(HtmlPage page, Exhibit exhibit, string id)
    {
        page.Add($"<figure class=\"{(exhibit is HeatmapExhibit ? "half" : "whole")}\" aria-labelledby=\"{id}\">\n<figcaption><h4 id=\"{id}\"><bdi>{exhibit.Title}</bdi></h4>");
        if (!exhibit.Description.IsEmpty)
        {
            page.Add($"<p><bdi>{Words.Sentence(Words.Capital(exhibit.Description.Value))}</bdi></p>");
        }

        page.Add($"</figcaption>\n");
        switch (exhibit)
        {
            case CurveExhibit curve:
                CurvePlot.Write(page, curve, id);
                break;
            case HeatmapExhibit heatmap:
                HeatmapPlot.Write(page, heatmap, id);
                break;
            case TableExhibit table:
                TableView.Write(page, table, id);
                break;
            case TreeExhibit tree:
                TreeView.Write(page, tree);
                break;
        }

        page.Add($"</figure>\n");
    }
}

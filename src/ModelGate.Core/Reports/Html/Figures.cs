using ModelGate.Reports.Html.Page;
using ModelGate.Reports.Html.Plots;
using ModelGate.Runs;

namespace ModelGate.Reports.Html;

/// <summary>Turns what gates show into figures, as long as the page stays small enough to open at once.</summary>
internal sealed class Figures(RunRecord report)
{
    /// <summary>Characters of figures on one page: what failed comes first and so is always drawn.</summary>
    private const int Budget = 3_500_000;

    /// <summary>Bytes of recordings on one page.</summary>
    private const int AudioBudget = 12 << 20;

    private readonly HashSet<(SafeText Group, SafeText Title)> played = [];

    private readonly Dictionary<SafeText, IReadOnlyList<CheckpointMark>> marks = report.Results
        .GroupBy(r => r.Group)
        .ToDictionary(g => g.Key, g => MarksOf(g.SelectMany(r => r.Exhibits)));

    private int number;
    private int spent;
    private int audio;

    /// <summary>Writes the figures of one result.</summary>
    public void Write(HtmlPage page, RunResult result)
    {
        // Several gates show the same recordings; each is on the page once.
        var recordings = result.Exhibits.OfType<AudioExhibit>().Where(a => played.Add((result.Group, a.Title))).ToArray();
        Exhibit[] exhibits = [.. result.Exhibits.Where(e => e is not AudioExhibit)];
        var heard = 0;
        foreach (var recording in recordings.TakeWhile(r => (audio += r.Wave.Length) <= AudioBudget))
        {
            Player.Write(page, recording, $"f{++number}");
            heard++;
        }

        if (heard < recordings.Length)
        {
            page.Add($"<p class=\"more\">{Words.Count(recordings.Length - heard, "recording is", "recordings are")} left out: the page would be too large to open at once</p>\n");
        }

        if (exhibits.Length == 0)
        {
            return;
        }

        var drawn = 0;
        page.Add($"<div class=\"exhibits\">\n");
        foreach (var exhibit in exhibits.TakeWhile(_ => spent < Budget))
        {
            var start = page.Length;
            WriteFigure(page, exhibit, $"f{++number}", marks[result.Group]);
            spent += page.Length - start;
            drawn++;
        }

        page.Add($"</div>\n");
        if (drawn < exhibits.Length)
        {
            page.Add($"<p class=\"more\">{Words.Count(exhibits.Length - drawn, "picture is", "pictures are")} left out: the page would be too large to open at once</p>\n");
        }
    }

    // Several exports of one run tell of the same checkpoints.
    private static IReadOnlyList<CheckpointMark> MarksOf(IEnumerable<Exhibit> exhibits)
        => [.. exhibits.OfType<TableExhibit>().SelectMany(t => t.Checkpoints)
            .GroupBy(m => (m.Step, m.File))
            .Select(g => new CheckpointMark(g.Key.Step, g.Key.File, g.Any(m => m.IsExported), g.Any(m => m.IsToExport)))
            .OrderBy(m => m.Step)];

    private static void WriteFigure(HtmlPage page, Exhibit exhibit, string id, IReadOnlyList<CheckpointMark> marks)
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
                CurvePlot.Write(page, curve, id, curve.IsOverSteps ? marks : []);
                break;
            case WaveformExhibit waveform:
                WaveformPlot.Write(page, waveform, id);
                break;
            case HeatmapExhibit heatmap:
                HeatmapPlot.Write(page, heatmap, id);
                break;
            case StripExhibit strip:
                LayerStrip.Write(page, strip, id);
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

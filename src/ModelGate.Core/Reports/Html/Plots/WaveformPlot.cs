using ModelGate.Reports.Html.Page;
using ModelGate.Runs;
using OxyPlot;
using OxyPlot.Annotations;
using OxyPlot.Series;

namespace ModelGate.Reports.Html.Plots;

/// <summary>A waveform between its lowest and its highest samples; drawn for wide screens and again for narrow ones.</summary>
internal static class WaveformPlot
{
    // A clip of one sample would be too narrow to be seen.
    private const double LeastWidth = 0.002;

    private const int NarrowMerge = 3;

    /// <summary>Writes it.</summary>
    public static void Write(HtmlPage page, WaveformExhibit waveform, string id)
    {
        var label = $"{waveform.Title}. {waveform.Description}";
        page.Add($"<p class=\"axis\" aria-hidden=\"true\">amplitude, full scale is 1</p>\n");
        page.Add($"{PlotSvg.Draw(Model(waveform, 1), (960, 180), id + "w", "wide", label)}\n");
        page.Add($"{PlotSvg.Draw(Model(waveform, NarrowMerge), (360, 150), id + "n", "narrow", label)}\n");
        page.Add($"<ul class=\"key\">");
        if (waveform.Clipped.Count > 0)
        {
            page.Add($"<li><span class=\"swatch bad\"></span>samples at full scale</li>");
        }

        if (waveform.Silent.Count > 0)
        {
            page.Add($"<li><span class=\"swatch shade\"></span>silent</li>");
        }

        page.Add($"</ul>\n");
    }

    private static PlotModel Model(WaveformExhibit waveform, int merge)
    {
        var columns = waveform.Columns.Chunk(merge).Select(c => (Low: c.Min(e => e.Low), High: c.Max(e => e.High))).ToArray();
        var highest = Math.Min(CurvePlot.Largest, Math.Max(1e-6, columns.Max(c => Math.Max(Math.Abs(c.Low), Math.Abs(c.High)))));
        var model = PlotAxes.Of(new AxisRange("time in s", 0, waveform.Seconds), new AxisRange("amplitude", -1.08 * highest, 1.08 * highest));
        foreach (var range in waveform.Silent)
        {
            Shade(model, range, PlotColors.Shade);
        }

        foreach (var range in waveform.Clipped)
        {
            Shade(model, range with { To = Math.Max(range.To, range.From + (LeastWidth * waveform.Seconds)) }, PlotColors.Bad);
        }

        var area = new AreaSeries { Color = PlotColors.Line, Color2 = PlotColors.Line, Fill = PlotColors.Line, StrokeThickness = 0.5 };
        var width = waveform.Seconds / columns.Length;
        foreach (var (index, column) in columns.Index())
        {
            area.Points.Add(new DataPoint((index + 0.5) * width, Math.Clamp(column.High, -highest, highest)));
            area.Points2.Add(new DataPoint((index + 0.5) * width, Math.Clamp(column.Low, -highest, highest)));
        }

        model.Series.Add(area);
        return model;
    }

    private static void Shade(PlotModel model, ShadedRange range, OxyColor color)
        => model.Annotations.Add(new RectangleAnnotation { MinimumX = range.From, MaximumX = range.To, Fill = color, Layer = AnnotationLayer.BelowAxes });
}

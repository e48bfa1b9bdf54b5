using ModelGate.Reports.Html.Page;
using ModelGate.Runs;
using OxyPlot;
using OxyPlot.Annotations;

namespace ModelGate.Reports.Html.Plots;

/// <summary>A heatmap: one small picture under two axes, with the ramp of its colours.</summary>
internal static class HeatmapPlot
{
    private static readonly string Ramp = Convert.ToBase64String(PalettePng.Encode([.. Enumerable.Range(0, 256).Select(i => new byte[] { (byte)i })]));

    /// <summary>Writes it.</summary>
    public static void Write(HtmlPage page, HeatmapExhibit heatmap, string id)
    {
        if (heatmap.Columns.Count == 0)
        {
            return;
        }

        var model = PlotAxes.Of(
            new AxisRange(heatmap.X.Label, heatmap.X.From, heatmap.X.To), new AxisRange(heatmap.Y.Label, heatmap.Y.From, heatmap.Y.To));
        model.Annotations.Add(new ImageAnnotation
        {
            ImageSource = new OxyImage(PalettePng.Encode([.. heatmap.Columns.Select(c => Array.ConvertAll(c, v => Level(v, heatmap.Value)))])),
            X = new PlotLength(0.5, PlotLengthUnit.RelativeToPlotArea),
            Y = new PlotLength(0.5, PlotLengthUnit.RelativeToPlotArea),
            Width = new PlotLength(1, PlotLengthUnit.RelativeToPlotArea),
            Height = new PlotLength(1, PlotLengthUnit.RelativeToPlotArea),
            HorizontalAlignment = HorizontalAlignment.Center,
            VerticalAlignment = VerticalAlignment.Middle,
            Layer = AnnotationLayer.BelowSeries,
        });
        page.Add($"<p class=\"axis\" aria-hidden=\"true\">{heatmap.Y.Label}</p>\n");
        page.Add($"{PlotSvg.Draw(model, (380, 240), id, "half", $"{heatmap.Title}. {heatmap.Description}")}\n");
        page.Add($"<ul class=\"key\"><li><span class=\"value\">{Words.Number(heatmap.Value.From)}</span> <img class=\"ramp\" alt=\"from dark to bright\" src=\"data:image/png;base64,{new Markup(Ramp)}\" /> <span class=\"value\">{Words.Number(heatmap.Value.To)}</span> {heatmap.Value.Label}</li></ul>\n");
    }

    private static byte Level(float value, AxisExtent extent)
    {
        var part = (value - extent.From) / (extent.To - extent.From);
        return double.IsFinite(part) ? (byte)Math.Round(255 * Math.Clamp(part, 0, 1)) : (byte)0;
    }
}

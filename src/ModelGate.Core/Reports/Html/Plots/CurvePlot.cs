using ModelGate.Reports.Html.Page;
using ModelGate.Runs;
using OxyPlot;
using OxyPlot.Annotations;
using OxyPlot.Series;

namespace ModelGate.Reports.Html.Plots;

/// <summary>A curve with its limit and its shaded ranges; drawn for wide screens and again for narrow ones, so that text stays legible.</summary>
internal static class CurvePlot
{
    // Beyond this, doubles leave too few digits for the marks of an axis.
    private const double Largest = 1e15;

    /// <summary>Writes it.</summary>
    public static void Write(HtmlPage page, CurveExhibit curve, string id, IReadOnlyList<CheckpointMark> checkpoints)
    {
        var points = curve.Points.Where(p => Math.Abs(p.X) <= Largest).ToArray();
        var drawn = points.Where(p => Math.Abs(p.Y) <= Largest).ToArray();
        if (drawn.Length == 0)
        {
            page.Add($"<p class=\"quiet\">There is no finite point to draw.</p>\n");
            return;
        }

        var marks = new StepMarks(points, drawn, checkpoints);
        var label = $"{curve.Title}. {curve.Description}{marks.Label}";
        page.Add($"<p class=\"axis\" aria-hidden=\"true\"><bdi>{curve.YLabel}</bdi></p>\n");
        page.Add($"{PlotSvg.Draw(Model(curve, points, drawn, marks), (960, 280), id + "w", "wide", label)}\n");
        page.Add($"{PlotSvg.Draw(Model(curve, points, drawn, marks), (360, 240), id + "n", "narrow", label)}\n");
        WriteKey(page, curve, drawn.Length < points.Length, marks);
    }

    private static PlotModel Model(CurveExhibit curve, CurvePoint[] points, CurvePoint[] drawn, StepMarks marks)
    {
        var vertical = VerticalRange(curve, drawn);
        var model = PlotAxes.Of(new AxisRange(curve.XLabel.Value, points[0].X, Math.Max(points[^1].X, marks.Last)), vertical);
        foreach (var range in curve.Shaded)
        {
            model.Annotations.Add(new RectangleAnnotation
            {
                MinimumX = range.From,
                MaximumX = range.To,
                Fill = PlotColors.Shade,
                Layer = AnnotationLayer.BelowAxes,
            });
        }

        if (curve.Limit is { } limit)
        {
            model.Annotations.Add(new LineAnnotation
            {
                Type = LineAnnotationType.Horizontal,
                Y = limit,
                Color = PlotColors.Limit,
                LineStyle = LineStyle.Dash,
                StrokeThickness = 1.5,
                Layer = AnnotationLayer.BelowSeries,
            });
        }

        var line = new LineSeries { Color = PlotColors.Line, StrokeThickness = 1.5, LineJoin = LineJoin.Round };
        line.Points.AddRange(points.Select(p => Math.Abs(p.Y) <= Largest ? new DataPoint(p.X, p.Y) : DataPoint.Undefined));
        model.Series.Add(line);
        marks.AddTo(model, vertical);
        return model;
    }

    private static AxisRange VerticalRange(CurveExhibit curve, CurvePoint[] drawn)
    {
        var limit = curve.Limit is { } l && Math.Abs(l) <= Largest ? l : drawn[0].Y;
        var lowest = Math.Min(drawn.Min(p => p.Y), limit);
        var highest = Math.Max(drawn.Max(p => p.Y), limit);
        var room = Math.Max(highest - lowest, Math.Abs(highest) * 0.01) * 0.06;

        // Heights can be compared by eye where the axis begins at zero.
        return new AxisRange(curve.YLabel.Value, lowest >= 0 && lowest < highest / 2 ? 0 : lowest - room, highest + room);
    }

    private static void WriteKey(HtmlPage page, CurveExhibit curve, bool hasGaps, StepMarks marks)
    {
        page.Add($"<ul class=\"key\">");
        if (curve.Limit is { } limit)
        {
            page.Add($"<li><span class=\"swatch limit\"></span>{curve.LimitLabel} {NumberText.OfLimit(limit)}</li>");
        }

        if (curve.Shaded.Count > 0)
        {
            page.Add($"<li><span class=\"swatch shade\"></span>{curve.ShadedLabel}</li>");
        }

        marks.WriteKey(page);
        page.Add($"{new Markup(hasGaps ? "<li>a gap is a value that is not finite</li>" : "")}</ul>\n");
    }
}

using System.Globalization;
using ModelGate.Reports.Html.Page;
using ModelGate.Runs;
using OxyPlot;
using OxyPlot.Annotations;
using OxyPlot.Series;

namespace ModelGate.Reports.Html.Plots;

/// <summary>Curves with their limit, their shaded ranges and what happened; drawn for wide screens and again for narrow ones, so that text stays legible.</summary>
internal static class CurvePlot
{
    /// <summary>Beyond this, doubles leave too few digits for the marks of an axis.</summary>
    public const double Largest = 1e15;

    private const double TickHeight = 0.05;
    private const int MostNames = 3;

    /// <summary>Writes it.</summary>
    public static void Write(HtmlPage page, CurveExhibit curve, string id, IReadOnlyList<CheckpointMark> checkpoints)
    {
        var points = curve.Points.Where(p => Math.Abs(p.X) <= Largest).ToArray();
        var drawn = points.Where(p => Math.Abs(p.Y) <= Largest && (p.Y > 0 || !curve.IsLogarithmic)).ToArray();
        if (drawn.Length == 0)
        {
            page.Add($"<p class=\"quiet\">There is no finite point to draw.</p>\n");
            return;
        }

        var marks = new StepMarks(points, drawn, checkpoints);
        var label = $"{curve.Title}. {curve.Description}{marks.Label}{Spoken(curve)}";
        var values = new PointerValues(curve);
        page.Add($"<p class=\"axis\" aria-hidden=\"true\"><bdi>{curve.YLabel}</bdi>{(curve.IsLogarithmic ? ", logarithmic" : "")}</p>\n");
        var wide = Model(curve, points, drawn, marks, checkpoints);
        page.Add($"{PlotSvg.Draw(wide, (960, 280), id + "w", "wide", label, curve.IsOverSteps ? () => values.Over(wide) : null)}\n");
        page.Add($"{PlotSvg.Draw(Model(curve, points, drawn, marks, checkpoints), (360, 240), id + "n", "narrow", label)}\n");
        WriteKey(page, curve, drawn.Length < points.Length, marks, checkpoints);
        if (curve.IsOverSteps)
        {
            WriteValues(page, curve, values);
        }
    }

    private static PlotModel Model(CurveExhibit curve, CurvePoint[] points, CurvePoint[] drawn, StepMarks marks, IReadOnlyList<CheckpointMark> checkpoints)
    {
        var vertical = VerticalRange(curve, drawn);
        var last = curve.Others.SelectMany(o => o.Points).Select(p => p.X).Where(x => Math.Abs(x) <= Largest).Append(Math.Max(points[^1].X, marks.Last)).Max();
        var first = curve.Others.SelectMany(o => o.Points).Select(p => p.X).Where(x => Math.Abs(x) <= Largest).Append(points[0].X).Min();
        var model = PlotAxes.Of(new AxisRange(curve.XLabel.Value, first, last), vertical, curve.IsLogarithmic);
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

        if (curve.Limit is { } limit && (limit > 0 || !curve.IsLogarithmic))
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

        for (var i = curve.Others.Count - 1; i >= 0; i--)
        {
            model.Series.Add(Line(curve, curve.Others[i].Points, PlotColors.Others[i % PlotColors.Others.Count], 1.1));
        }

        model.Series.Add(Line(curve, points, PlotColors.Line, 1.5));
        AddMoments(model, curve, drawn, vertical, checkpoints);
        marks.AddTo(model, vertical);
        return model;
    }

    private static LineSeries Line(CurveExhibit curve, IEnumerable<CurvePoint> points, OxyColor color, double width)
    {
        var line = new LineSeries { Color = color, StrokeThickness = width, LineJoin = LineJoin.Round };
        line.Points.AddRange(points.Where(p => Math.Abs(p.X) <= Largest).Select(p => Math.Abs(p.Y) <= Largest && (p.Y > 0 || !curve.IsLogarithmic) ? new DataPoint(p.X, p.Y) : DataPoint.Undefined));
        return line;
    }

    private static void AddMoments(PlotModel model, CurveExhibit curve, CurvePoint[] drawn, AxisRange vertical, IReadOnlyList<CheckpointMark> checkpoints)
    {
        foreach (var moment in curve.Moments.Where(m => Math.Abs(m.X) <= Largest))
        {
            switch (moment.Kind)
            {
                case MomentKind.Restart:
                    model.Annotations.Add(Upright(moment.X, vertical.From, vertical.To, PlotColors.Restart, LineStyle.Dot));
                    break;
                case MomentKind.Best:
                    model.Annotations.Add(new PointAnnotation
                    {
                        X = moment.X,
                        Y = drawn.MinBy(p => Math.Abs(p.X - moment.X)).Y,
                        Size = 5,
                        Fill = PlotColors.Best,
                        Layer = AnnotationLayer.AboveSeries,
                    });
                    break;

                // Where a table names the checkpoints, they are marked from there.
                case MomentKind.Saved when checkpoints.Count == 0:
                    model.Annotations.Add(Upright(moment.X, vertical.From, vertical.At(TickHeight, curve.IsLogarithmic), PlotColors.Mark, LineStyle.Solid));
                    break;
            }
        }
    }

    private static LineAnnotation Upright(double x, double from, double to, OxyColor color, LineStyle style) => new()
    {
        Type = LineAnnotationType.Vertical,
        X = x,
        MinimumY = from,
        MaximumY = to,
        Color = color,
        LineStyle = style,
        StrokeThickness = 1.5,
        Layer = AnnotationLayer.BelowSeries,
    };

    private static AxisRange VerticalRange(CurveExhibit curve, CurvePoint[] drawn)
    {
        double[] heights =
        [
            .. drawn.Select(p => p.Y),
            .. curve.Others.SelectMany(o => o.Points).Select(p => p.Y).Where(y => Math.Abs(y) <= Largest && (y > 0 || !curve.IsLogarithmic)),
            .. curve.Limit is { } limit && Math.Abs(limit) <= Largest && (limit > 0 || !curve.IsLogarithmic) ? [limit] : Array.Empty<double>(),
        ];
        var (lowest, highest) = (heights.Min(), heights.Max());
        if (curve.IsLogarithmic)
        {
            return new AxisRange(curve.YLabel.Value, lowest / 1.15, highest * 1.15);
        }

        var room = Math.Max(highest - lowest, Math.Abs(highest) * 0.01) * 0.06;

        // Heights can be compared by eye where the axis begins at zero.
        return new AxisRange(curve.YLabel.Value, lowest >= 0 && lowest < highest / 2 ? 0 : lowest - room, highest + room);
    }

    private static void WriteKey(HtmlPage page, CurveExhibit curve, bool hasGaps, StepMarks marks, IReadOnlyList<CheckpointMark> checkpoints)
    {
        page.Add($"<ul class=\"key\">");
        if (curve.Others.Count > 0)
        {
            page.Add($"<li><span class=\"swatch line\"></span><bdi>{curve.YLabel}</bdi></li>");
            for (var i = 0; i < curve.Others.Count; i++)
            {
                page.Add($"<li><span class=\"swatch line-{(i % PlotColors.Others.Count) + 2}\"></span><bdi>{curve.Others[i].Name}</bdi></li>");
            }
        }

        if (curve.Limit is { } limit)
        {
            page.Add($"<li><span class=\"swatch limit\"></span>{curve.LimitLabel} {NumberText.OfLimit(limit)}</li>");
        }

        if (curve.Shaded.Count > 0)
        {
            page.Add($"<li><span class=\"swatch shade\"></span>{curve.ShadedLabel}</li>");
        }

        foreach (var (kind, style) in new[] { (MomentKind.Best, "best"), (MomentKind.Restart, "restart") })
        {
            if (Of(curve, kind) is { Length: > 0 } moments)
            {
                page.Add($"<li><span class=\"swatch {style}\"></span><bdi>{Names(moments)}</bdi></li>");
            }
        }

        if (checkpoints.Count == 0 && Of(curve, MomentKind.Saved) is { Length: > 0 } saved)
        {
            page.Add($"<li><span class=\"swatch tick\"></span>{Words.Count(saved.Length, "checkpoint", "checkpoints")}</li>");
        }

        marks.WriteKey(page);
        page.Add($"{new Markup(hasGaps ? "<li>a gap is a value that is not finite</li>" : "")}</ul>\n");
    }

    private static void WriteValues(HtmlPage page, CurveExhibit curve, PointerValues values)
    {
        page.Add($"<details class=\"values\"><summary>Values</summary>\n<table class=\"stack\">\n<thead><tr><th scope=\"col\">{curve.XLabel}</th>");
        foreach (var line in values.Lines)
        {
            page.Add($"<th scope=\"col\"><bdi>{line.Name}</bdi></th>");
        }

        page.Add($"</tr></thead>\n<tbody>\n");
        foreach (var row in values.Rows)
        {
            page.Add($"<tr><th scope=\"row\">{row[0]}</th>");
            foreach (var (line, cell) in values.Lines.Zip(row.Skip(1)))
            {
                page.Add($"<td class=\"number\" data-label=\"{line.Name}\">{cell}</td>");
            }

            page.Add($"</tr>\n");
        }

        page.Add($"</tbody>\n</table>\n</details>\n");
    }

    private static CurveMoment[] Of(CurveExhibit curve, MomentKind kind) => [.. curve.Moments.Where(m => m.Kind == kind)];

    private static string Names(CurveMoment[] moments)
        => string.Join(", ", moments.Take(MostNames).Select(m => m.Label.Value)) + (moments.Length > MostNames ? string.Create(CultureInfo.InvariantCulture, $" and {moments.Length - MostNames} more") : "");

    private static string Spoken(CurveExhibit curve)
    {
        var parts = new List<string>();
        if (curve.Others.Count > 0)
        {
            parts.Add($"beside it {string.Join(", ", curve.Others.Select(o => o.Name.Value))}");
        }

        foreach (var kind in new[] { MomentKind.Best, MomentKind.Restart })
        {
            if (Of(curve, kind) is { Length: > 0 } moments)
            {
                parts.Add(Names(moments));
            }
        }

        return parts.Count == 0 ? "" : "; " + string.Join("; ", parts);
    }
}

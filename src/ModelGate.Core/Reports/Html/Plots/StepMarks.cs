using System.Globalization;
using ModelGate.Reports.Html.Page;
using ModelGate.Runs;
using OxyPlot;
using OxyPlot.Annotations;

namespace ModelGate.Reports.Html.Plots;

/// <summary>
/// The checkpoints of a run on a curve over its steps: a tick each on the axis, and a line and a point on the curve for the one that was exported
/// and for the one that has to be.
/// </summary>
internal sealed class StepMarks
{
    // A log may end some steps before the last checkpoint; further out, the two do not count the same.
    private const double Beyond = 0.1;

    // A mark at the very edge would be cut in half.
    private const double Room = 0.01;

    // Ticks nearer than this to each other are one line.
    private const double TicksAcross = 240;

    private const double TickHeight = 0.05;
    private const int MostNames = 3;

    private readonly CurvePoint[] drawn;
    private readonly CheckpointMark[] marks = [];
    private readonly double first;
    private readonly bool isBeyond;

    /// <summary>Marks on a curve.</summary>
    /// <param name="points">The curve.</param>
    /// <param name="drawn">Its points that are finite, at least one.</param>
    /// <param name="checkpoints">The run's checkpoints, ascending.</param>
    public StepMarks(CurvePoint[] points, CurvePoint[] drawn, IReadOnlyList<CheckpointMark> checkpoints)
    {
        this.drawn = drawn;
        (first, Last) = (points[0].X, points[^1].X);
        if (checkpoints.Count == 0)
        {
            return;
        }

        var end = Last + ((Last - first) * Beyond);
        if (checkpoints[^1].Step > end)
        {
            isBeyond = true;
            return;
        }

        marks = [.. checkpoints.Where(m => m.Step >= first)];
        var furthest = marks.Select(m => (double)m.Step).DefaultIfEmpty(Last).Max();
        Last = furthest > Last ? furthest + ((furthest - first) * Room) : Last;
    }

    /// <summary>Where the axis has to end.</summary>
    public double Last { get; }

    private CheckpointMark[] Exported => [.. marks.Where(m => m.IsExported)];

    private CheckpointMark[] ToExport => [.. marks.Where(m => m is { IsToExport: true, IsExported: false })];

    /// <summary>The marks in words, to go on after a sentence; empty where there are none.</summary>
    public string Label => marks.Length == 0 ? "" : $"; {Words.Count(marks.Length, "checkpoint is", "checkpoints are")} marked{Named("exported", Exported)}{Named("to export", ToExport)}";

    /// <summary>Draws them.</summary>
    public void AddTo(PlotModel model, AxisRange vertical)
    {
        var isLogarithmic = model.Axes[1] is OxyPlot.Axes.LogarithmicAxis;
        var taken = new HashSet<double>();
        foreach (var mark in marks.Where(m => taken.Add(Math.Round((m.Step - first) / Math.Max(Last - first, 1) * TicksAcross))))
        {
            model.Annotations.Add(Line(mark, PlotColors.Mark, vertical.From, vertical.At(TickHeight, isLogarithmic), LineStyle.Solid));
        }

        foreach (var mark in ToExport)
        {
            model.Annotations.Add(Line(mark, PlotColors.ToExport, vertical.From, vertical.To, LineStyle.Dash));
            model.Annotations.Add(Point(mark, PlotColors.ToExport));
        }

        foreach (var mark in Exported)
        {
            model.Annotations.Add(Line(mark, PlotColors.Exported, vertical.From, vertical.To, LineStyle.Solid));
            model.Annotations.Add(Point(mark, PlotColors.Exported));
        }
    }

    /// <summary>Says what they are.</summary>
    public void WriteKey(HtmlPage page)
    {
        if (isBeyond)
        {
            page.Add($"<li>the checkpoints are not marked: the last of them is beyond the last step of this log</li>");
        }

        if (marks.Length > 0)
        {
            page.Add($"<li><span class=\"swatch tick\"></span>{Words.Count(marks.Length, "checkpoint", "checkpoints")}</li>");
        }

        WriteKey(page, "exported", marks.Any(m => m is { IsExported: true, IsToExport: true }) ? "exported, as it should be" : "exported", Exported);
        WriteKey(page, "to-export", "to export", ToExport);
    }

    private static void WriteKey(HtmlPage page, string style, string label, CheckpointMark[] which)
    {
        if (which.Length > 0)
        {
            page.Add($"<li><span class=\"swatch {style}\"></span><span>{label}: <bdi>{Names(which)}</bdi></span></li>");
        }
    }

    private static string Named(string label, CheckpointMark[] which) => which.Length == 0 ? "" : $", {label}: {Names(which)}";

    private static string Names(CheckpointMark[] which)
        => string.Join(", ", which.Take(MostNames).Select(m => string.Create(CultureInfo.InvariantCulture, $"{m.File.Value} at step {m.Step}")))
            + (which.Length > MostNames ? $" and {which.Length - MostNames} more" : "");

    private static LineAnnotation Line(CheckpointMark mark, OxyColor color, double from, double to, LineStyle style) => new()
    {
        Type = LineAnnotationType.Vertical,
        X = mark.Step,
        MinimumY = from,
        MaximumY = to,
        Color = color,
        LineStyle = style,
        StrokeThickness = 1.5,
        Layer = AnnotationLayer.BelowSeries,
    };

    private PointAnnotation Point(CheckpointMark mark, OxyColor color) => new() { X = mark.Step, Y = At(mark.Step), Size = 5, Fill = color, Layer = AnnotationLayer.AboveSeries };

    // On the line between the two points around it.
    private double At(double step)
    {
        var next = Array.FindIndex(drawn, p => p.X >= step);
        if (next < 0)
        {
            return drawn[^1].Y;
        }

        var (before, after) = (drawn[Math.Max(next - 1, 0)], drawn[next]);
        return after.X > before.X ? before.Y + ((after.Y - before.Y) * (step - before.X) / (after.X - before.X)) : after.Y;
    }
}

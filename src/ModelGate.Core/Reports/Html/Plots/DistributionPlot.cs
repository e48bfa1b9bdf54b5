using ModelGate.Evaluation.Calibrating;
using ModelGate.Reports.Html.Page;
using OxyPlot;
using OxyPlot.Annotations;

namespace ModelGate.Reports.Html.Plots;

/// <summary>The values of good and bad files back to back: good ones rise above the line, bad ones hang below it, and the limit crosses both.</summary>
internal static class DistributionPlot
{
    private const int Bins = 48;

    // A linear axis shows nothing of values that differ by more than this factor.
    private const double WidestLinear = 100;

    /// <summary>Writes it.</summary>
    public static void Write(HtmlPage page, Separation separation, string id)
    {
        var (low, high) = (Math.Min(separation.Good[0], separation.Bad[0]), Math.Max(separation.Good[^1], separation.Bad[^1]));
        var limit = separation.Best.Requirement.Limit;
        var isLogarithmic = low > 0 && limit > 0 && high / low > WidestLinear;
        var unit = separation.Best.Signal.Unit;
        var label = unit.Length == 0 ? separation.Best.Signal.Name : $"{separation.Best.Signal.Name}{(unit.StartsWith("of ", StringComparison.Ordinal) ? ", as a share " : " in ")}{unit}";
        Func<double, double> shown = isLogarithmic ? Math.Log : value => value;
        var (from, to) = (shown(low), shown(high));
        var width = Math.Max((to - from) / Bins, double.Epsilon);
        var (good, bad) = (Shares(separation.Good, shown, from, width), Shares(separation.Bad, shown, from, width));
        Func<double, double> back = isLogarithmic ? Math.Exp : value => value;
        var x = new AxisRange(label, back(from - width), back(to + width));
        var y = new AxisRange("share of the files", -1.08 * Math.Max(bad.Max(), 0.01), 1.08 * Math.Max(good.Max(), 0.01));
        var spoken = SafeText.Of($"Values of {separation.Best.Signal.Name}: good files {CalibrationSentence.Spread(separation.Good)}, bad files {CalibrationSentence.Spread(separation.Bad)}, the limit {separation.Best.Requirement.ToString()}").Value;
        PlotModel Model()
        {
            var model = isLogarithmic ? PlotAxes.LogarithmicAlong(x, y) : PlotAxes.Of(x, y);
            model.Axes[1].LabelFormatter = _ => "";
            for (var i = 0; i < Bins; i++)
            {
                var (left, right) = (back(from + (i * width)), back(from + ((i + 1) * width)));
                Bar(model, left, right, good[i], PlotColors.Good);
                Bar(model, left, right, -bad[i], PlotColors.Bad);
            }

            model.Annotations.Add(new LineAnnotation { Type = LineAnnotationType.Horizontal, Y = 0, Color = PlotColors.Axis, LineStyle = LineStyle.Solid, StrokeThickness = 1, Layer = AnnotationLayer.AboveSeries });
            model.Annotations.Add(new LineAnnotation { Type = LineAnnotationType.Vertical, X = limit, Color = PlotColors.Ink, LineStyle = LineStyle.Dash, StrokeThickness = 1.5, Layer = AnnotationLayer.AboveSeries });
            return model;
        }

        page.Add($"{PlotSvg.Draw(Model(), (960, 200), id + "w", "wide", spoken)}\n");
        page.Add($"{PlotSvg.Draw(Model(), (360, 200), id + "n", "narrow", spoken)}\n");
    }

    private static void Bar(PlotModel model, double left, double right, double height, OxyColor color)
    {
        if (height != 0)
        {
            model.Annotations.Add(new RectangleAnnotation { MinimumX = left, MaximumX = right, MinimumY = Math.Min(0, height), MaximumY = Math.Max(0, height), Fill = color, StrokeThickness = 0, Layer = AnnotationLayer.BelowSeries });
        }
    }

    private static double[] Shares(IReadOnlyList<double> values, Func<double, double> shown, double from, double width)
    {
        var shares = new double[Bins];
        foreach (var value in values)
        {
            shares[(int)Math.Clamp((shown(value) - from) / width, 0, Bins - 1)] += 1.0 / values.Count;
        }

        return shares;
    }
}

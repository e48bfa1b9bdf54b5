using System.Globalization;
using OxyPlot;
using OxyPlot.Axes;

namespace ModelGate.Reports.Html.Plots;

/// <summary>Plots of one look: two axes, a few quiet lines. The vertical axis is named above the plot, where its name can be read.</summary>
internal static class PlotAxes
{
    private const double FontSize = 12;

    // The library measures labels by the fonts that it knows; the page sets them in its own, which may be a tenth wider.
    private const string MeasuredFont = "Arial";

    /// <summary>An empty plot.</summary>
    public static PlotModel Of(AxisRange x, AxisRange y, bool isLogarithmic = false)
    {
        var model = new PlotModel
        {
            Background = OxyColors.Undefined,
            Culture = CultureInfo.InvariantCulture,
            DefaultFont = MeasuredFont,
            DefaultFontSize = FontSize,
            Padding = new OxyThickness(8, 6, 14, 2),
            PlotAreaBorderThickness = new OxyThickness(0, 0, 0, 1),
            PlotAreaBorderColor = PlotColors.Axis,
            TextColor = PlotColors.Ink,
        };
        model.Axes.Add(Axis(x, AxisPosition.Bottom));
        Axis vertical = isLogarithmic ? Logarithmic(y) : Axis(y, AxisPosition.Left);
        vertical.MajorGridlineStyle = LineStyle.Solid;
        vertical.MajorGridlineColor = PlotColors.Grid;
        model.Axes.Add(vertical);
        return model;
    }

    /// <summary>A plot with a logarithmic axis at the bottom.</summary>
    public static PlotModel LogarithmicAlong(AxisRange x, AxisRange y)
    {
        var model = Of(x, y);
        model.Axes.RemoveAt(0);
        var axis = Logarithmic(x);
        axis.Position = AxisPosition.Bottom;
        axis.Title = x.Label;
        axis.IntervalLength = 90;
        model.Axes.Insert(0, axis);
        return model;
    }

    private static LogarithmicAxis Logarithmic(AxisRange range) => new()
    {
        Position = AxisPosition.Left,
        Minimum = range.From,
        Maximum = range.To,
        TickStyle = TickStyle.None,
        MinorTickSize = 0,
        MajorTickSize = 0,
        AxisTickToLabelDistance = 5,
        IntervalLength = 45,
        UseSuperExponentialFormat = false,
        LabelFormatter = value => value.ToString("G4", CultureInfo.InvariantCulture),
    };

    private static LinearAxis Axis(AxisRange range, AxisPosition position) => new()
    {
        Position = position,
        Title = position == AxisPosition.Bottom ? range.Label : null,
        Minimum = range.From,
        Maximum = range.To,
        TickStyle = position == AxisPosition.Bottom ? TickStyle.Outside : TickStyle.None,
        TicklineColor = PlotColors.Axis,
        MinorTickSize = 0,
        MajorTickSize = position == AxisPosition.Bottom ? 4 : 0,
        AxisTickToLabelDistance = 5,
        IntervalLength = position == AxisPosition.Bottom ? 90 : 45,
    };
}

/// <summary>What an axis shows and from where to where; a range that is empty is widened.</summary>
internal readonly record struct AxisRange
{
    public AxisRange(string label, double from, double to)
    {
        var width = Math.Max(to - from, Math.Max(1e-9, Math.Abs(from) * 1e-9));
        (Label, From, To) = (label, from, from + width);
    }

    public string Label { get; }

    public double From { get; }

    public double To { get; }

    /// <summary>The value at a share of the axis's length.</summary>
    public double At(double share, bool isLogarithmic) => isLogarithmic ? From * Math.Pow(To / From, share) : From + ((To - From) * share);
}

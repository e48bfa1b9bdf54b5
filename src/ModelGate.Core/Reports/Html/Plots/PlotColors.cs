using OxyPlot;

namespace ModelGate.Reports.Html.Plots;

/// <summary>
/// What the lines of a plot mean. The plotting library knows only fixed colours, so that each meaning has a colour that nothing
/// else has, and the drawing gets the style sheet's variable in its place: light, dark and print share one drawing.
/// </summary>
internal static class PlotColors
{
    public static readonly OxyColor Ink = OxyColor.FromRgb(1, 2, 3);
    public static readonly OxyColor Axis = OxyColor.FromRgb(1, 2, 4);
    public static readonly OxyColor Grid = OxyColor.FromRgb(1, 2, 5);
    public static readonly OxyColor Line = OxyColor.FromRgb(1, 2, 6);
    public static readonly OxyColor Limit = OxyColor.FromRgb(1, 2, 7);
    public static readonly OxyColor Shade = OxyColor.FromRgb(1, 2, 8);
    public static readonly OxyColor Mark = OxyColor.FromRgb(1, 2, 9);
    public static readonly OxyColor Exported = OxyColor.FromRgb(1, 2, 10);
    public static readonly OxyColor ToExport = OxyColor.FromRgb(1, 2, 11);

    public static readonly OxyColor Restart = OxyColor.FromRgb(1, 2, 12);
    public static readonly OxyColor Best = OxyColor.FromRgb(1, 2, 13);

    /// <summary>The good files of a calibration.</summary>
    public static readonly OxyColor Good = OxyColor.FromRgb(1, 2, 14);

    /// <summary>The bad files of a calibration.</summary>
    public static readonly OxyColor Bad = OxyColor.FromRgb(1, 2, 15);

    /// <summary>Further curves of a plot, in their order.</summary>
    public static IReadOnlyList<OxyColor> Others { get; } = [.. Enumerable.Range(20, 5).Select(blue => OxyColor.FromRgb(1, 2, (byte)blue))];

    /// <summary>The style sheet's value for a colour of the drawing.</summary>
    public static string Styled(string color) => color switch
    {
        "rgb(1,2,3)" => "var(--plot-ink)",
        "rgb(1,2,4)" => "var(--plot-axis)",
        "rgb(1,2,5)" => "var(--plot-grid)",
        "rgb(1,2,6)" => "var(--plot-line)",
        "rgb(1,2,7)" => "var(--plot-limit)",
        "rgb(1,2,8)" => "var(--plot-shade)",
        "rgb(1,2,9)" => "var(--plot-mark)",
        "rgb(1,2,10)" => "var(--plot-exported)",
        "rgb(1,2,11)" => "var(--plot-to-export)",
        "rgb(1,2,12)" => "var(--plot-restart)",
        "rgb(1,2,13)" => "var(--plot-best)",
        "rgb(1,2,14)" => "var(--passed)",
        "rgb(1,2,15)" => "var(--failed)",
        "rgb(1,2,20)" => "var(--plot-line-2)",
        "rgb(1,2,21)" => "var(--plot-line-3)",
        "rgb(1,2,22)" => "var(--plot-line-4)",
        "rgb(1,2,23)" => "var(--plot-line-5)",
        "rgb(1,2,24)" => "var(--plot-line-6)",
        _ => color,
    };
}

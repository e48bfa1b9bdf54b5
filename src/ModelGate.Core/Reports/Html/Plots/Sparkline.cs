using System.Globalization;
using System.Text;
using ModelGate.Reports.Html.Page;
using ModelGate.Runs;

namespace ModelGate.Reports.Html.Plots;

/// <summary>A number over the runs in the space of a word: a line, with its last value marked.</summary>
internal static class Sparkline
{
    private const double Width = 150;
    private const double Height = 28;
    private const double Margin = 3;

    /// <summary>Draws it.</summary>
    /// <param name="series">The number.</param>
    /// <param name="labels">What the runs are called.</param>
    public static Markup Of(HistorySeries series, IReadOnlyDictionary<int, SafeText> labels)
    {
        var points = series.Points;
        var (low, high) = (points.Min(p => p.Value), points.Max(p => p.Value));
        var (first, last) = (points[0].Run, points[^1].Run);

        // Halves keep the difference of two large numbers finite.
        double X(int run) => last == first ? Width - Margin : Margin + ((Width - (2 * Margin)) * (run - first) / (last - first));
        double Y(double value) => high > low ? Height - Margin - ((Height - (2 * Margin)) * (((value / 2) - (low / 2)) / ((high / 2) - (low / 2)))) : Height / 2;
        var text = new StringBuilder();
        var label = points.Count == 1 ? $"{Words.Number(points[0].Value)} in one run" : $"from {Words.Number(points[0].Value)} to {Words.Number(points[^1].Value)} over {points.Count.ToString(CultureInfo.InvariantCulture)} runs, between {Words.Number(low)} and {Words.Number(high)}";
        text.Append(CultureInfo.InvariantCulture, $"<svg class=\"spark\" role=\"img\" aria-label=\"{HtmlPage.Encode(label)}\" viewBox=\"0 0 {Width} {Height}\"><title>{HtmlPage.Encode(label)}{HtmlPage.Encode($"; last: {labels[points[^1].Run]}")}</title><polyline points=\"");
        foreach (var (run, value) in points)
        {
            text.Append(CultureInfo.InvariantCulture, $"{X(run):0.#},{Y(value):0.#} ");
        }

        text.Length--;
        return new Markup(text.Append(CultureInfo.InvariantCulture, $"\" /><circle cx=\"{X(last):0.#}\" cy=\"{Y(points[^1].Value):0.#}\" r=\"2.2\" /></svg>").ToString());
    }
}

using System.Globalization;
using System.Xml.Linq;
using ModelGate.Runs;
using OxyPlot;

namespace ModelGate.Reports.Html.Plots;

/// <summary>The values under the pointer, and the same in rows for who has none: strips across the plot that the style sheet shows the text of, without a script.</summary>
/// <param name="curve">The curve and those beside it.</param>
internal sealed class PointerValues(CurveExhibit curve)
{
    private const int MostStrips = 120;
    private const int MostRows = 24;
    private const double TextAt = 15;
    private const double Dot = 3.5;

    /// <summary>The curves with their names.</summary>
    public IReadOnlyList<CurveLine> Lines { get; } = [new CurveLine(curve.YLabel, curve.Points), .. curve.Others];

    /// <summary>Rows of values: X, and a value of each curve.</summary>
    public IEnumerable<IReadOnlyList<string>> Rows => Columns(MostRows).Select(x => (IReadOnlyList<string>)[Number(x), .. Lines.Select(l => ValueAt(l, x) is { } value ? Number(value) : "")]);

    /// <summary>The strips over a drawing that has been made of the model.</summary>
    public IEnumerable<XElement> Over(PlotModel model)
    {
        var (horizontal, vertical, area) = (model.Axes[0], model.Axes[1], model.PlotArea);
        var columns = Columns(MostStrips);
        for (var i = 0; i < columns.Length; i++)
        {
            var at = horizontal.Transform(columns[i]);
            var from = i == 0 ? area.Left : (at + horizontal.Transform(columns[i - 1])) / 2;
            var to = i == columns.Length - 1 ? area.Right : (at + horizontal.Transform(columns[i + 1])) / 2;
            var values = Lines.Select(l => (l.Name, Value: ValueAt(l, columns[i]))).ToArray();
            var dots = values.Where(v => v.Value is { } value && double.IsFinite(value) && (value > 0 || !curve.IsLogarithmic))
                .Select(v => new XElement("circle", new XAttribute("cx", Place(at)), new XAttribute("cy", Place(Math.Clamp(vertical.Transform(v.Value!.Value), area.Top, area.Bottom))), new XAttribute("r", Dot.ToString(CultureInfo.InvariantCulture))));
            var text = $"{curve.XLabel} {Number(columns[i])}: {string.Join(" · ", values.Where(v => v.Value is not null).Select(v => $"{v.Name} {Number(v.Value!.Value)}"))}";
            yield return new XElement(
                "g",
                new XAttribute("class", "at"),
                new XElement("rect", Attributes(("x", from), ("y", area.Top), ("width", Math.Max(to - from, 0)), ("height", area.Height)), new XAttribute("fill", "none")),
                new XElement("g", new XElement("line", Attributes(("x1", at), ("y1", area.Top), ("x2", at), ("y2", area.Bottom))), dots, new XElement("text", Attributes(("x", area.Left + 6), ("y", area.Top + TextAt)), text)));
        }
    }

    private static IEnumerable<XAttribute> Attributes(params (string Name, double Value)[] values) => values.Select(v => new XAttribute(v.Name, Place(v.Value)));

    private static string Place(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);

    private static string Number(double value) => double.IsNaN(value) ? "not a number" : double.IsInfinity(value) ? "infinite" : NumberText.Of(value);

    // Evenly over the points, the first and the last among them.
    private double[] Columns(int most)
    {
        var points = curve.Points.Where(p => Math.Abs(p.X) <= CurvePlot.Largest).ToArray();
        var count = Math.Min(points.Length, most);
        return count < 2 ? [.. points.Select(p => p.X)]
            : [.. Enumerable.Range(0, count).Select(i => points[(int)((long)i * (points.Length - 1) / (count - 1))].X).Distinct()];
    }

    // The last value up to there: a curve that is logged seldom stands at it until the next.
    private static double? ValueAt(CurveLine line, double x)
    {
        double? value = null;
        foreach (var point in line.Points)
        {
            if (point.X > x)
            {
                break;
            }

            value = point.Y;
        }

        return value;
    }
}

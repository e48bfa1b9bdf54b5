using System.Globalization;
using ModelGate.Reports.Html.Page;
using ModelGate.Runs;

namespace ModelGate.Reports.Html.Plots;

/// <summary>A heat strip: a field of colour for each part, and a mark over those that a finding is about.</summary>
internal static class LayerStrip
{
    private const int Width = 760;
    private const int PerRow = 128;
    private const int RowHeight = 22;
    private const int MostCells = 2048;
    private const int Listed = 12;
    private const double LeastSpan = 1e-9;

    /// <summary>Writes it.</summary>
    public static void Write(HtmlPage page, StripExhibit strip, string id)
    {
        // Of very many parts those that are wrong are never left out.
        var stride = (strip.Cells.Count + MostCells - 1) / MostCells;
        var cells = strip.Cells.Where((c, i) => stride <= 1 || i % stride == 0 || c.IsWrong).Take(2 * MostCells).ToArray();
        if (cells.Length == 0)
        {
            return;
        }

        var values = cells.Where(c => double.IsFinite(c.Value)).Select(c => c.Value).DefaultIfEmpty(0).ToArray();
        var (low, high) = (values.Min(), values.Max());
        var perRow = Math.Min(PerRow, cells.Length);
        var width = (double)Width / perRow;
        var rows = (cells.Length + perRow - 1) / perRow;
        page.Add($"<svg class=\"plot\" role=\"img\" aria-labelledby=\"{id}\" viewBox=\"0 0 {Width} {rows * RowHeight}\" width=\"100%\">\n");
        for (var i = 0; i < cells.Length; i++)
        {
            var (cell, x, y) = (cells[i], i % perRow * width, i / perRow * RowHeight);
            var value = double.IsFinite(cell.Value) ? Number(cell.Value) : "none";
            page.Add($"<rect x=\"{Number(x)}\" y=\"{y + 4}\" width=\"{Number(width)}\" height=\"{RowHeight - 6}\" fill=\"{Color(cell.Value, low, high)}\"><title>{cell.Name}: {value}</title></rect>");
            if (cell.IsWrong)
            {
                page.Add($"<rect x=\"{Number(x)}\" y=\"{y}\" width=\"{Number(Math.Max(width, 2))}\" height=\"4\" fill=\"#d1242f\" />");
            }
        }

        page.Add($"\n</svg>\n<ul class=\"key\"><li><span class=\"value\">{Words.Number(low)}</span> dark to bright <span class=\"value\">{Words.Number(high)}</span> {strip.Value}</li></ul>\n");
        var wrong = strip.Cells.Where(c => c.IsWrong).ToArray();
        if (wrong.Length > 0)
        {
            page.Add($"<p>Marked: <bdi>{SafeText.Join(", ", wrong.Take(Listed).Select(c => c.Name))}</bdi>{(wrong.Length > Listed ? $" and {wrong.Length - Listed} more" : "")}</p>\n");
        }
    }

    private static string Color(double value, double low, double high)
    {
        if (!double.IsFinite(value))
        {
            return "#8c959f";
        }

        var at = 3 * (int)Math.Round(255 * Math.Clamp((value - low) / Math.Max(high - low, LeastSpan), 0, 1));
        return $"#{Viridis.Palette[at]:x2}{Viridis.Palette[at + 1]:x2}{Viridis.Palette[at + 2]:x2}";
    }

    private static string Number(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);
}

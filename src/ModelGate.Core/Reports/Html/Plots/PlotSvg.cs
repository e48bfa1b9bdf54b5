using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using ModelGate.Reports.Html.Page;
using OxyPlot;

namespace ModelGate.Reports.Html.Plots;

/// <summary>A plot as an SVG element that fits into the page: scalable, coloured by the style sheet, with names of its own.</summary>
internal static partial class PlotSvg
{
    /// <summary>Draws a plot.</summary>
    /// <param name="model">The plot.</param>
    /// <param name="size">Width and height in units of the drawing, about pixels.</param>
    /// <param name="id">Begins the names inside, which must be unique on the page.</param>
    /// <param name="style">The class that says on which screens it is shown.</param>
    /// <param name="label">What there is to see, in words.</param>
    /// <param name="overlay">What lies over the drawing, where its axes are known; in the page's own terms.</param>
    public static Markup Draw(PlotModel model, (int Width, int Height) size, string id, string style, string label, Func<IEnumerable<XElement>>? overlay = null)
    {
        // The document is the library's own writing, from text that was escaped on the way in.
        var drawn = XDocument.Parse(new SvgExporter { Width = size.Width, Height = size.Height }.ExportToString(model)).Root!;
        var svg = Restyle(drawn, id);
        svg.ReplaceAttributes(
            new XAttribute("class", "plot " + style),
            new XAttribute("viewBox", string.Create(CultureInfo.InvariantCulture, $"0 0 {size.Width} {size.Height}")),
            new XAttribute("role", "img"),
            new XAttribute("aria-label", label));
        svg.Add(overlay?.Invoke());
        return new Markup(svg.ToString(SaveOptions.DisableFormatting));
    }

    private static XElement Restyle(XElement source, string id)
    {
        var element = new XElement(source.Name.LocalName);
        foreach (var attribute in source.Attributes().Where(a => !a.IsNamespaceDeclaration))
        {
            var (name, value) = (attribute.Name.LocalName, attribute.Value);
            switch (name)
            {
                case "style":
                    AddStyle(element, value);
                    break;
                case "id":
                    element.SetAttributeValue(name, id + value);
                    break;
                case "clip-path":
                    element.SetAttributeValue(name, value.Replace("url(#", "url(#" + id, StringComparison.Ordinal));
                    break;
                case "fill" or "stroke":
                    element.SetAttributeValue(name, PlotColors.Styled(value));
                    break;
                case "points" or "transform" or "x" or "y" or "width" or "height":
                    element.SetAttributeValue(name, Number().Replace(value, Rounded));
                    break;
                case not ("font-family" or "font-size" or "font-weight" or "shape-rendering"):
                    element.SetAttributeValue(name, value);
                    break;
            }
        }

        foreach (var node in source.Nodes())
        {
            element.Add(node is XElement child ? Restyle(child, id) : node is XText text && !string.IsNullOrWhiteSpace(text.Value) ? new XText(text.Value) : null);
        }

        return element;
    }

    // The page's policy forbids style attributes; as attributes of the drawing the same properties are allowed.
    private static void AddStyle(XElement element, string style)
    {
        var properties = style.Split(';').Select(p => p.Split(':', 2)).Where(p => p.Length == 2).ToDictionary(p => p[0], p => p[1]);
        if (properties.GetValueOrDefault("stroke-width") == "0")
        {
            properties.Remove("stroke");
            properties.Remove("stroke-width");
        }

        foreach (var (name, value) in properties)
        {
            element.SetAttributeValue(name, PlotColors.Styled(value));
        }
    }

    private static string Rounded(Match match)
        => double.Parse(match.ValueSpan, NumberStyles.Float, CultureInfo.InvariantCulture).ToString("0.#", CultureInfo.InvariantCulture);

    [GeneratedRegex(@"-?\d+\.\d+([eE][-+]?\d+)?", RegexOptions.None, 10_000)]
    private static partial Regex Number();
}

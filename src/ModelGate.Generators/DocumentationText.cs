using System.Xml.Linq;
using Microsoft.CodeAnalysis;

namespace ModelGate.Generators;

/// <summary>The parts of a doc comment as plain text.</summary>
internal static class DocumentationText
{
    public static string Summary(ISymbol symbol) => Element(symbol, "summary");

    public static string Remarks(ISymbol symbol) => Element(symbol, "remarks");

    private static string Element(ISymbol symbol, string name)
    {
        var xml = symbol.GetDocumentationCommentXml();
        if (string.IsNullOrWhiteSpace(xml))
        {
            return "";
        }

        var element = XElement.Parse(xml).Element(name);
        if (element is null)
        {
            return "";
        }

        var parts = element.DescendantNodes().Select(node => node switch
        {
            XText text => text.Value,
            XElement inner when inner.Attribute("cref") is { } reference => reference.Value.Split('.').Last(),
            XElement inner when inner.Attribute("langword") is { } word => word.Value,
            _ => "",
        });
        return string.Join(" ", string.Concat(parts).Split([' ', '\n', '\r', '\t'], System.StringSplitOptions.RemoveEmptyEntries));
    }
}

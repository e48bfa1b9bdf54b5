using System.Xml.Linq;
using Microsoft.CodeAnalysis;

namespace ModelGate.Generators;

/// <summary>The summary of a doc comment as plain text.</summary>
internal static class DocumentationText
{
    public static string Summary(ISymbol symbol)
    {
        var xml = symbol.GetDocumentationCommentXml();
        if (string.IsNullOrWhiteSpace(xml))
        {
            return "";
        }

        var summary = XElement.Parse(xml).Element("summary");
        if (summary is null)
        {
            return "";
        }

        var parts = summary.DescendantNodes().Select(node => node switch
        {
            XText text => text.Value,
            XElement element when element.Attribute("cref") is { } reference => reference.Value.Split('.').Last(),
            XElement element when element.Attribute("langword") is { } word => word.Value,
            _ => "",
        });
        return string.Join(" ", string.Concat(parts).Split([' ', '\n', '\r', '\t'], System.StringSplitOptions.RemoveEmptyEntries));
    }
}

using ModelGate.Reports.Html.Page;
using ModelGate.Runs;

namespace ModelGate.Reports.Html;

/// <summary>Modules as they are and as they are expected: two columns, or one below the other on a narrow screen.</summary>
internal static class OutlinesView
{
    /// <summary>Writes them.</summary>
    public static void Write(HtmlPage page, IReadOnlyList<ModuleOutlines> outlines)
    {
        foreach (var one in outlines)
        {
            page.Add($"<div class=\"outlines\">\n");
            WriteSide(page, one.Where, "the model has", one.Found);
            WriteSide(page, one.Where, "expected", one.Expected);
            page.Add($"</div>\n");
        }
    }

    private static void WriteSide(HtmlPage page, SafeText where, string title, IReadOnlyList<SafeText> lines)
    {
        page.Add($"<div><p>{title}");
        if (!where.IsEmpty)
        {
            page.Add($" <code><bdi>{where}</bdi></code>");
        }

        page.Add($"</p>\n<pre><code>");
        foreach (var line in lines.Count == 0 ? [SafeText.From("(nothing there)")] : lines)
        {
            page.Add($"{line}\n");
        }

        page.Add($"</code></pre></div>\n");
    }
}

namespace ModelGate.Reports.Html.Page;

/// <summary>The line that ends a list which was cut.</summary>
internal static class More
{
    /// <summary>Writes it, where anything was left out.</summary>
    public static void Write(HtmlPage page, int left, string one, string many)
    {
        if (left > 0)
        {
            page.Add($"<p class=\"more\">and {Words.Count(left, "more " + one, "more " + many)}: the JSON report has them all</p>\n");
        }
    }
}

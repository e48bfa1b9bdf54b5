using ModelGate.Reports.Html.Page;
using ModelGate.Runs;

namespace ModelGate.Reports.Html;

/// <summary>A table that a gate shows.</summary>
internal static class TableView
{
    private const int Most = 200;

    /// <summary>Writes it.</summary>
    public static void Write(HtmlPage page, TableExhibit table, string id)
    {
        page.Add($"<table class=\"stack pairs\" aria-labelledby=\"{id}\">\n<thead><tr>");
        foreach (var heading in table.Headings)
        {
            page.Add($"<th scope=\"col\">{heading}</th>");
        }

        page.Add($"</tr></thead>\n<tbody>\n");
        foreach (var row in table.Rows.Take(Most))
        {
            page.Add($"<tr{new Markup(row.IsWrong ? " class=\"missed\"" : "")}><th scope=\"row\">");
            page.Add($"{(row.IsWrong ? Icons.Of("failed") : default)}<bdi>{row.Cells[0]}</bdi></th>");
            for (var i = 1; i < row.Cells.Count; i++)
            {
                var label = i < table.Headings.Count ? table.Headings[i] : "";
                if (row.Cells[i].IsEmpty)
                {
                    page.Add($"<td></td>");
                }
                else
                {
                    page.Add($"<td data-label=\"{label}\"><bdi>{row.Cells[i]}</bdi></td>");
                }
            }

            page.Add($"</tr>\n");
        }

        page.Add($"</tbody>\n</table>\n");
        More.Write(page, table.Rows.Count - Most, "row", "rows");
    }
}

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
        page.Add($"<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-labelledby=\"{id}\">\n<table>\n<thead><tr>");
        foreach (var heading in table.Headings)
        {
            page.Add($"<th scope=\"col\">{heading}</th>");
        }

        page.Add($"</tr></thead>\n<tbody>\n");
        foreach (var row in table.Rows.Take(Most))
        {
            page.Add($"<tr{new Markup(row.IsWrong ? " class=\"missed\"" : "")}><th scope=\"row\">");
            page.Add($"{(row.IsWrong ? Icons.Of("failed") : default)}<bdi>{row.Cells[0]}</bdi></th>");
            foreach (var cell in row.Cells.Skip(1))
            {
                page.Add($"<td><bdi>{cell}</bdi></td>");
            }

            page.Add($"</tr>\n");
        }

        page.Add($"</tbody>\n</table>\n</div>\n");
        More.Write(page, table.Rows.Count - Most, "row", "rows");
    }
}

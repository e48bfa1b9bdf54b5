using Markdig;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using Spectre.Console;
using Spectre.Console.Rendering;
using MarkdownTable = Markdig.Extensions.Tables.Table;
using MarkdownRow = Markdig.Extensions.Tables.TableRow;

namespace ModelGate.Tool;

/// <summary>A page of our own documentation for a terminal: as wide as it is, with styles in place of marks.</summary>
internal static class ConsoleMarkdown
{
    private const int Indent = 4;

    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UsePipeTables().Build();
    private static readonly Style Bold = new(decoration: Decoration.Bold);
    private static readonly Style Code = new(Color.Aqua);
    private static readonly Style Dim = new(decoration: Decoration.Dim);

    /// <summary>Writes a page.</summary>
    public static void Write(string markdown, IAnsiConsole console)
    {
        var isFirst = true;
        foreach (var block in Markdown.Parse(markdown, Pipeline))
        {
            if (!isFirst)
            {
                console.WriteLine();
            }

            isFirst = false;
            console.Write(Render(block));
        }
    }

    private static IRenderable Render(Block block) => block switch
    {
        HeadingBlock heading => Text(heading, Bold),
        LeafBlock { Inline: not null } paragraph => Text(paragraph, Style.Plain),
        CodeBlock code => new Padder(new Text(code.Lines.ToString(), Code), new Padding(Indent, 0, 0, 0)),
        ListBlock list => new Rows(list.OfType<ListItemBlock>().Select((item, index) => Item(list, item, index))),
        MarkdownTable table => Cells(table),
        ContainerBlock container => new Rows(container.Select(Render)),
        _ => new Spectre.Console.Text(""),
    };

    private static Grid Item(ListBlock list, ListItemBlock item, int index)
        => new Grid().AddColumn(new GridColumn().NoWrap().Padding(0, 0, 1, 0)).AddColumn(new GridColumn().Padding(0, 0, 0, 0))
            .AddRow(new Spectre.Console.Text(list.IsOrdered ? $"{index + 1}." : "-", Dim), new Rows(item.Select(Render)));

    private static Spectre.Console.Table Cells(MarkdownTable table)
    {
        var rows = table.OfType<MarkdownRow>().ToArray();
        var cells = new Spectre.Console.Table().Border(TableBorder.None).HideHeaders();
        for (var column = 0; column < rows.Max(r => r.Count); column++)
        {
            cells.AddColumn(new TableColumn("").Padding(column == 0 ? 2 : 1, 0, 1, 0));
        }

        foreach (var row in rows)
        {
            cells.AddRow(row.OfType<Markdig.Extensions.Tables.TableCell>().Select(c => Text(c.OfType<ParagraphBlock>().FirstOrDefault(), row.IsHeader ? Dim : Style.Plain)));
        }

        return cells;
    }

    private static Paragraph Text(LeafBlock? block, Style style)
    {
        var text = new Paragraph();
        Add(text, block?.Inline, style);
        return text.Append("\n");
    }

    private static void Add(Paragraph text, ContainerInline? inlines, Style style)
    {
        foreach (var inline in inlines ?? [])
        {
            switch (inline)
            {
                case LiteralInline literal:
                    text.Append(literal.Content.ToString(), style);
                    break;
                case CodeInline code:
                    text.Append(code.Content, style.Combine(Code));
                    break;
                case LineBreakInline:
                    text.Append(" ", style);
                    break;
                case HtmlEntityInline entity:
                    text.Append(entity.Transcoded.ToString(), style);
                    break;
                case AutolinkInline link:
                    text.Append(link.Url, style);
                    break;
                case LinkInline { Url: { } url } link when Uri.TryCreate(url, UriKind.Absolute, out _):
                    Add(text, link, style);
                    text.Append($" ({url})", style.Combine(Dim));
                    break;
                case EmphasisInline emphasis:
                    Add(text, emphasis, style.Combine(Bold));
                    break;
                case ContainerInline container:
                    Add(text, container, style);
                    break;
            }
        }
    }
}

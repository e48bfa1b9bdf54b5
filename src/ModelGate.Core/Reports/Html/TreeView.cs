using ModelGate.Reports.Html.Page;
using ModelGate.Runs;

namespace ModelGate.Reports.Html;

/// <summary>A tree of names: nested lists, closed where nothing differs.</summary>
internal static class TreeView
{
    /// <summary>Writes it.</summary>
    public static void Write(HtmlPage page, TreeExhibit tree)
    {
        page.Add($"<div class=\"tree\">\n");
        WriteNodes(page, tree.Roots, tree.Hidden);
        page.Add($"</div>\n");
    }

    private static void WriteNodes(HtmlPage page, IReadOnlyList<TreeNode> nodes, int hidden)
    {
        page.Add($"<ul>\n");
        foreach (var node in nodes)
        {
            page.Add($"<li class=\"{ClassOf(node.State)}\">");
            if (node.Children.Count == 0 && node.Hidden == 0)
            {
                page.Add($"<div class=\"leaf\">");
                WriteLine(page, node);
                page.Add($"</div>");
            }
            else
            {
                page.Add($"<details{new Markup(node.State == NodeState.Same ? "" : " open=\"open\"")}><summary>");
                WriteLine(page, node);
                page.Add($"</summary>\n");
                WriteNodes(page, node.Children, node.Hidden);
                page.Add($"</details>");
            }

            page.Add($"</li>\n");
        }

        if (hidden > 0)
        {
            page.Add($"<li class=\"more\">and {Words.Count(hidden, "more key", "more keys")}</li>\n");
        }

        page.Add($"</ul>\n");
    }

    private static void WriteLine(HtmlPage page, TreeNode node)
    {
        page.Add($"<code><bdi>{node.Label}</bdi></code>");
        if (node.Count > 1)
        {
            page.Add($" <span class=\"quiet\">{Words.Count(node.Count, "key", "keys")}</span>");
        }

        if (!node.Detail.IsEmpty)
        {
            page.Add($" <span class=\"quiet\"><bdi>{node.Detail}</bdi></span>");
        }

        if (node.State is not NodeState.Same)
        {
            page.Add($" <span class=\"state\">{WordOf(node.State)}</span>");
        }
    }

    private static string ClassOf(NodeState state) => state.ToString().ToLowerInvariant();

    private static string WordOf(NodeState state) => state switch
    {
        NodeState.Missing => "− missing",
        NodeState.Unexpected => "+ unexpected",
        NodeState.Different => "≠ other shape",
        _ => "differs below",
    };
}

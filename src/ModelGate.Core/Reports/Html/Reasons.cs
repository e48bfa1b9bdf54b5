using ModelGate.Gates;
using ModelGate.Reports.Html.Page;
using ModelGate.Runs;

namespace ModelGate.Reports.Html;

/// <summary>What to do, and why it matters: once for all results of a card.</summary>
internal static class Reasons
{
    private const int Most = 50;

    /// <summary>What to do: the first step stands by itself, the rest after it. Nothing where there is nothing to fix.</summary>
    public static void WriteFix(HtmlPage page, GateCard card)
    {
        if (card.First.Outcome is not (Outcome.Failed or Outcome.Waived))
        {
            return;
        }

        var remedies = card.All.SelectMany(r => r.Findings).Select(f => f.Remedy).Where(r => !r.IsEmpty).Distinct().Select(r => r.Value).Take(Most + 1).ToArray();
        Markup[] steps = remedies.Length > 0
            ? [.. remedies.Take(Most).Select(r => WithFirst(Words.Sentence(Words.Capital(r)), HtmlPage.Encode))]
            : [.. GatePage.FirstBlock(card.First.Gate, "How to fix").Select(s => WithFirst(s, Code))];
        page.Add($"<div class=\"fix\">\n<p class=\"label\">How to fix it</p>\n");
        if (steps.Length == 1)
        {
            page.Add($"<p><bdi>{steps[0]}</bdi></p>\n");
        }
        else
        {
            page.Add($"<ul>\n");
            foreach (var step in steps)
            {
                page.Add($"<li><bdi>{step}</bdi></li>\n");
            }

            page.Add($"</ul>\n");
            More.Write(page, remedies.Length - Most, "remedy", "remedies");
        }

        page.Add($"</div>\n");
    }

    /// <summary>Why it matters, and where to read on.</summary>
    public static void Write(HtmlPage page, GateCard card)
    {
        var first = card.First;
        page.Add($"<dl class=\"reasons\">\n");
        if (first.Outcome is Outcome.Failed or Outcome.Waived)
        {
            page.Add($"<div><dt>Why it matters</dt><dd>{Code(GatePage.FirstParagraph(first.Gate, "Why it matters"))}</dd></div>\n");
        }
        else if (card.All.Count == 1)
        {
            page.Add($"<div><dt>What it asks</dt><dd>{first.Gate.Summary}</dd></div>\n");
        }

        page.Add($"<div><dt>More</dt><dd><code>modelgate explain {first.Gate.Id}</code>");
        if (!first.At.File.IsEmpty)
        {
            page.Add($"; asked for in <code><bdi>{first.At.File}:{first.At.Line}</bdi></code>");
        }

        page.Add($"</dd></div>\n</dl>\n");
    }

    // What to do first is what is read first.
    private static Markup WithFirst(string text, Func<string, Markup> write)
    {
        var end = text.IndexOf(". ", StringComparison.Ordinal);
        if (end < 0)
        {
            return write(text);
        }

        var (first, rest) = (text[..(end + 1)], text[(end + 1)..]);
        return new Markup($"<strong>{write(first).Text}</strong>{write(rest).Text}");
    }

    private static Markup WithFirst(string text, Func<string, string> encode) => WithFirst(text, t => new Markup(encode(t)));

    // The pages are written in Markdown, and a paragraph of theirs holds no mark but that of code.
    private static Markup Code(string paragraph)
    {
        var parts = paragraph.Split('`').Select(HtmlPage.Encode).ToArray();
        return new Markup(parts.Length % 2 == 0
            ? HtmlPage.Encode(paragraph)
            : string.Concat(parts.Select((part, i) => i % 2 == 0 ? part : $"<code>{part}</code>")));
    }
}

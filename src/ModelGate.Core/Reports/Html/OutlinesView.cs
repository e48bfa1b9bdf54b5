using ModelGate.Reports.Html.Page;
using ModelGate.Runs;

namespace ModelGate.Reports.Html;

/// <summary>
/// Modules as they are and as they are expected: two columns, or one below the other on a narrow screen. A line that only one side has is marked
/// by a sign and by a colour.
/// </summary>
internal static class OutlinesView
{
    // The table of common lines has the product of both lengths.
    private const int MostCompared = 400;

    /// <summary>Writes them.</summary>
    public static void Write(HtmlPage page, IReadOnlyList<ModuleOutlines> outlines)
    {
        foreach (var one in outlines)
        {
            var (found, expected) = Common(one.Found, one.Expected);
            page.Add($"<div class=\"outlines\">\n");
            WriteSide(page, one.Where, "the model has", one.Found, found, '−');
            WriteSide(page, one.Where, "expected", one.Expected, expected, '+');
            page.Add($"</div>\n");
        }
    }

    private static void WriteSide(HtmlPage page, SafeText where, string title, IReadOnlyList<SafeText> lines, bool[] common, char sign)
    {
        page.Add($"<div><p>{title}");
        if (!where.IsEmpty)
        {
            page.Add($" <code><bdi>{where}</bdi></code>");
        }

        page.Add($"</p>\n<pre><code>");
        if (lines.Count == 0)
        {
            page.Add($"(nothing there)\n");
        }

        for (var i = 0; i < lines.Count; i++)
        {
            if (common[i])
            {
                page.Add($"  {lines[i]}\n");
            }
            else
            {
                page.Add($"<span class=\"{(sign == '+' ? "added" : "removed")}\">{sign.ToString()} {lines[i]}</span>\n");
            }
        }

        page.Add($"</code></pre></div>\n");
    }

    /// <summary>Which lines both sides have in one order: a longest common subsequence.</summary>
    private static (bool[] Left, bool[] Right) Common(IReadOnlyList<SafeText> left, IReadOnlyList<SafeText> right)
    {
        var (inLeft, inRight) = (new bool[left.Count], new bool[right.Count]);
        if (left.Count > MostCompared || right.Count > MostCompared)
        {
            inLeft.AsSpan().Fill(true);
            inRight.AsSpan().Fill(true);
            return (inLeft, inRight);
        }

        var lengths = new int[left.Count + 1, right.Count + 1];
        for (var i = left.Count - 1; i >= 0; i--)
        {
            for (var j = right.Count - 1; j >= 0; j--)
            {
                lengths[i, j] = left[i] == right[j] ? lengths[i + 1, j + 1] + 1 : Math.Max(lengths[i + 1, j], lengths[i, j + 1]);
            }
        }

        for (var (i, j) = (0, 0); i < left.Count && j < right.Count;)
        {
            if (left[i] == right[j])
            {
                (inLeft[i++], inRight[j++]) = (true, true);
            }
            else if (lengths[i + 1, j] >= lengths[i, j + 1])
            {
                i++;
            }
            else
            {
                j++;
            }
        }

        return (inLeft, inRight);
    }
}

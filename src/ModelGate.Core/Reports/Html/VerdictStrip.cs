using System.Globalization;
using System.Text;
using ModelGate.Reports.Html.Page;
using ModelGate.Runs;

namespace ModelGate.Reports.Html;

/// <summary>What became of a model in its last runs: a mark for each, the newest at the right. Each verdict has its own height, so that colour is never the only difference.</summary>
internal static class VerdictStrip
{
    private const int Most = 40;
    private const int Step = 5;
    private const int Height = 16;

    /// <summary>Draws it.</summary>
    /// <param name="entries">The entries of a model, the oldest first.</param>
    public static Markup Of(IReadOnlyList<HistoryEntry> entries)
    {
        var last = entries.TakeLast(Most).ToArray();
        var label = string.Join(", ", last.GroupBy(e => e.Model.Verdict ?? Verdict.Inconclusive).OrderBy(g => g.Key).Select(g => $"{g.Count().ToString(CultureInfo.InvariantCulture)} {VerdictLine.Word(g.Key)}"));
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"<svg class=\"strip\" role=\"img\" aria-label=\"last {last.Length} of {entries.Count} runs: {label}\" viewBox=\"0 0 {Most * Step} {Height}\">");
        foreach (var (index, entry) in last.Index())
        {
            var (tone, height) = entry.Model.Verdict switch { Verdict.Passed => ("passed", 6), Verdict.Failed => ("failed", 16), _ => ("inconclusive", 11) };
            text.Append(CultureInfo.InvariantCulture, $"<rect class=\"{tone}\" x=\"{(Most - last.Length + index) * Step}\" y=\"{Height - height}\" width=\"4\" height=\"{height}\"><title>{HtmlPage.Encode($"{RunLabel.Of(entry)}: {VerdictLine.Word(entry.Model.Verdict ?? Verdict.Inconclusive)}")}</title></rect>");
        }

        return new Markup(text.Append("</svg>").ToString());
    }
}

using System.Globalization;
using System.Text;
using ModelGate.Runs;

namespace ModelGate.Reports;

/// <summary>The verdict as a small picture for a README: SVG without a script, which loads nothing.</summary>
internal static class Badge
{
    private const string Label = "ModelGate";

    // The widths of Verdana at 11 px differ by letter; the text is fitted into what is reckoned here (textLength), so that any font fills it.
    private const double PerLetter = 6.6;
    private const double Margin = 12;

    /// <summary>Writes it as UTF-8.</summary>
    public static void Write(RunRecord report, Stream output)
    {
        var failed = report.Results.Where(r => r is { IsError: true, Outcome: Outcome.Failed }).Select(r => (r.Group, r.Gate.Id)).Distinct().Count();
        var (text, color) = report.Verdict switch
        {
            Verdict.Passed => ("passed", "#1a7042"),
            Verdict.Failed => ($"{failed.ToString(CultureInfo.InvariantCulture)} {(failed == 1 ? "gate" : "gates")} failed", "#b3261e"),
            _ => ("inconclusive", "#8a5200"),
        };
        var (left, right) = (Width(Label), Width(text));
        output.Write(Encoding.UTF8.GetBytes(FormattableString.Invariant(
            $"""
            <svg xmlns="http://www.w3.org/2000/svg" width="{left + right}" height="20" role="img" aria-label="{Label}: {text}">
            <title>{Label}: {text}</title>
            <clipPath id="r"><rect width="{left + right}" height="20" rx="3"/></clipPath>
            <g clip-path="url(#r)"><rect width="{left}" height="20" fill="#3b424d"/><rect x="{left}" width="{right}" height="20" fill="{color}"/></g>
            <g fill="#fff" text-anchor="middle" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11"><text x="{left / 2}" y="14" textLength="{left - Margin}">{Label}</text><text x="{left + (right / 2)}" y="14" textLength="{right - Margin}">{text}</text></g>
            </svg>

            """).ReplaceLineEndings("\n")));
    }

    private static double Width(string text) => Math.Round((text.Length * PerLetter) + Margin);
}

using System.Security.Cryptography;
using System.Text;
using ModelGate.Reports.Html.Page;
using ModelGate.Runs;

namespace ModelGate.Reports.Html;

/// <summary>
/// The report to look at: one file with its pictures in it. It holds no script, its policy lets the browser load nothing, and the
/// same report gives the same bytes.
/// </summary>
internal sealed class HtmlReport : ReportFormat
{
    /// <inheritdoc/>
    public override string Name => "html";

    /// <inheritdoc/>
    public override bool NeedsExhibits => true;

    /// <inheritdoc/>
    public override void Write(RunRecord report, Stream output)
    {
        var page = new HtmlPage();
        WriteHead(page, report);
        page.Add($"<body>\n{Icons.Definitions}\n");
        VerdictSection.Write(page, report);
        page.Add($"<main>\n");
        var cards = new GateCards(report);
        FindingsSection.Write(page, report, cards);
        AnswersSection.Write(page, report);
        ScoresSection.Write(page, report, cards);
        GateSection.Write(page, report, cards);
        InputsSection.Write(page, report);
        page.Add($"</main>\n<footer><p>Made by ModelGate {ProductVersion.Text}. <code>modelgate explain ID</code> prints the page of a gate.</p></footer>\n</body>\n</html>\n");
        output.Write(Encoding.UTF8.GetBytes(page.ToString()));
    }

    private static void WriteHead(HtmlPage page, RunRecord report)
    {
        // The policy names the one style sheet by its hash: markup that slipped in somewhere could not even change a colour.
        var style = StyleSheet.Text;
        var hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style)));
        page.Add($"<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\" />\n");
        page.Add($"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-{new Markup(hash)}'; img-src data:; base-uri 'none'; form-action 'none'\" />\n");
        page.Add($"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\" />\n<meta name=\"color-scheme\" content=\"light dark\" />\n<meta name=\"referrer\" content=\"no-referrer\" />\n");
        page.Add($"<title>{Words.Capital(VerdictLine.Word(report.Verdict))}{(report.Title.IsEmpty ? "" : " · " + report.Title.Value)} · ModelGate</title>\n");
        page.Add($"<style>{new Markup(style)}</style>\n</head>\n");
    }
}

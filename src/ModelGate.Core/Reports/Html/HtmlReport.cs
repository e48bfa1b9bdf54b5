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
        PageHead.Write(page, $"{Words.Capital(VerdictLine.Word(report.Verdict))}{(report.Title.IsEmpty ? "" : " · " + report.Title.Value)}", report.Results.Any(r => r.Exhibits.Any(e => e is AudioExhibit)));
        page.Add($"<body>\n{Icons.Definitions}\n");
        VerdictSection.Write(page, report);
        page.Add($"<main>\n");
        var cards = new GateCards(report);
        FindingsSection.Write(page, report, cards);
        ChangesSection.Write(page, report);
        AnswersSection.Write(page, report);
        ScoresSection.Write(page, report, cards);
        HistorySection.Write(page, report);
        GateSection.Write(page, report, cards);
        InputsSection.Write(page, report);
        page.Add($"</main>\n<footer><p>Made by ModelGate {ProductVersion.Text}. <code>modelgate explain ID</code> prints the page of a gate.</p></footer>\n</body>\n</html>\n");
        output.Write(Encoding.UTF8.GetBytes(page.ToString()));
    }
}

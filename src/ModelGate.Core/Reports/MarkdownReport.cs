using System.Globalization;
using System.Text;
using ModelGate.Reports.Escaping;
using ModelGate.Runs;

namespace ModelGate.Reports;

/// <summary>A report for a job summary or a pull request's comment: verdict, causes and their fixes, a table of what did not pass, each one's findings, and what passed, folded.</summary>
/// <remarks>A comment holds 65,536 characters: rows and findings that do not fit are counted and left out, the least important first.</remarks>
internal sealed class MarkdownReport : ReportFormat
{
    /// <summary>Most bytes, and therefore characters, of a report.</summary>
    public const int Longest = 65_000;

    private const string Header = "\n| outcome | gate | artifact | result |\n|---|---|---|---|\n";

    private const int LongestTable = 30_000;
    private const int LongestCell = 300;
    private const int LongestSentence = 2_000;
    private const int MostCauses = 9;
    private const int MostChanges = 30;
    private const int MostMeasurements = 20;

    /// <summary>Kept free for the lines that close a list or say what is left out.</summary>
    private const int Reserve = 500;

    /// <inheritdoc/>
    public override string Name => "markdown";

    /// <summary>The first line: by it, the comment of an earlier run on the same model is found, and replaced.</summary>
    public static string MarkerOf(RunRecord report)
    {
        // A comment ends at its first "-->".
        var name = RepositoryPath.Uri(ReportIdentity.NameOf(report)).Replace("-", "%2D", StringComparison.Ordinal);
        return name.Length == 0 ? "<!-- modelgate -->" : $"<!-- modelgate {name} -->";
    }

    /// <inheritdoc/>
    public override void Write(RunRecord report, Stream output)
    {
        var page = new Page();
        var findings = ReportedFinding.Of(report);
        page.Add($"{MarkerOf(report)}\n## ModelGate: {VerdictLine.Word(report.Verdict)}\n\n{VerdictLine.Of(report)}\n");
        WriteChanges(page, report);
        WriteCauses(page, report, findings);
        WriteTable(page, [.. report.Results.Where(r => !IsFolded(r)).OrderBy(r => r.Rank)]);
        WriteDetails(page, findings);
        WriteFolded(page, [.. report.Results.Where(IsFolded).OrderBy(r => r.Rank)]);
        output.Write(Encoding.UTF8.GetBytes(page.Text));
    }

    private static bool IsFolded(RunResult result) => !result.IsError && result.Outcome is Outcome.Passed or Outcome.NotApplicable;

    // What changed is what a reviewer wants first: it is what the pull request did.
    private static void WriteChanges(Page page, RunRecord report)
    {
        var changes = report.Results.SelectMany(r => r.Changes.Select(c => (r.Group, Change: c))).ToArray();
        if (changes.Length == 0)
        {
            return;
        }

        var words = string.Join(", ", changes.GroupBy(c => c.Change.Kind).OrderBy(g => g.Key).Select(g => string.Create(CultureInfo.InvariantCulture, $"{g.Count()} {Kind(g.Key)}")));
        page.Add($"\n**Against the baseline:** {words}\n\n| change | signal | of | numbers |\n|---|---|---|---|\n");
        var written = changes.TakeWhile((c, i) => i < MostChanges && page.TryAdd($"| {(c.Change.Kind == NumberChangeKind.Worse ? "**worse**" : Kind(c.Change.Kind))} | {Code(c.Change.Signal)} | {Code(RunRecord.Below(c.Group, c.Change.Subject).Value)} | {Prose(c.Change.Values.Value, LongestCell)} |\n", LongestTable)).Count();
        if (written < changes.Length)
        {
            page.Add($"\n{SafeText.Count(changes.Length - written, "more change is", "more changes are")} left out here.\n");
        }
    }

    private static string Kind(NumberChangeKind kind) => kind.ToString().ToLowerInvariant();

    private static void WriteCauses(Page page, RunRecord report, IReadOnlyList<ReportedFinding> findings)
    {
        foreach (var cause in report.Causes.Take(MostCauses))
        {
            page.Add($"\n**Cause:** {Prose(cause.Sentence.Value, LongestCell)} (explains {string.Join(", ", cause.Explains)})\n");
            WriteFix(page, findings.FirstOrDefault(f => f.Cause == cause.Message && f.Result.Group == cause.Group && !f.Remedy.IsEmpty));
        }

        if (report.Causes.Count == 0)
        {
            WriteFix(page, findings.FirstOrDefault(f => !f.Remedy.IsEmpty));
        }

        if (report.Causes.Count > MostCauses)
        {
            page.Add($"\nand {SafeText.Count(report.Causes.Count - MostCauses, "more cause")}\n");
        }
    }

    private static void WriteFix(Page page, ReportedFinding? finding)
    {
        if (finding is not null)
        {
            page.Add($"\n**Fix:** {Prose(finding.Remedy.Value, LongestCell)} ({finding.Gate.Id})\n");
        }
    }

    private static void WriteTable(Page page, RunResult[] results)
    {
        if (results.Length == 0)
        {
            return;
        }

        page.Add(Header);
        for (var at = 0; at < results.Length; at++)
        {
            if (!page.TryAdd(Row(results[at]), LongestTable))
            {
                page.Add($"\n{SafeText.Count(results.Length - at, "more result is", "more results are")} left out here.\n");
                return;
            }
        }
    }

    private static void WriteFolded(Page page, RunResult[] results)
    {
        var words = string.Join(", ", results.GroupBy(r => r.Word).Select(g => string.Create(CultureInfo.InvariantCulture, $"{g.Count()} {g.Key}")));
        var left = results.Length;
        if (left > 0 && page.TryAdd($"\n<details><summary>{words}</summary>\n{Header}", Longest - Reserve))
        {
            left -= results.TakeWhile(r => page.TryAdd(Row(r), Longest - Reserve)).Count();
            page.Add("\n</details>\n");
        }

        if (left > 0)
        {
            page.Add($"\n{SafeText.Count(left, "more result is", "more results are")} left out here.\n");
        }
    }

    private static string Row(RunResult result)
        => $"| {(result.IsError ? $"**{result.Word}**" : result.Word)} | {result.Gate.Id} {result.Gate.Name} | {Code(result.Subject.Value)} | {Prose(result.Message.Value, LongestCell)} |\n";

    private static void WriteDetails(Page page, IReadOnlyList<ReportedFinding> findings)
    {
        var written = 0;
        foreach (var group in findings.GroupBy(f => f.Result, ReferenceEqualityComparer.Instance).Select(g => g.ToArray()))
        {
            var first = group[0];
            var opening = $"\n<details><summary>{first.Title} {MarkdownText.CodeElement(Excerpt.Of(first.Result.Subject.Value, LongestCell))}</summary>\n\n";
            if (!page.TryAdd(opening + Item(first), Longest - Reserve))
            {
                break;
            }

            var shown = 1 + group.Skip(1).TakeWhile(f => page.TryAdd(Item(f), Longest - Reserve)).Count();
            written += shown;
            if (shown == group.Length)
            {
                page.TryAdd(Measurements(first.Result), Longest - Reserve);
            }

            page.Add("\n</details>\n");
            if (shown < group.Length)
            {
                break;
            }
        }

        if (written < findings.Count)
        {
            page.Add($"\n{SafeText.Count(findings.Count - written, "more finding is", "more findings are")} left out here.\n");
        }
    }

    private static string Item(ReportedFinding finding)
    {
        var word = finding.IsInconclusive ? "could not be judged: " : finding.IsError ? "" : "warning: ";
        var fix = finding.Remedy.IsEmpty ? "" : $"\n  **Fix:** {Prose(finding.Remedy.Value, LongestSentence)}";
        return $"- {word}{Prose(finding.Message.Value, LongestSentence)}{fix}\n";
    }

    private static string Measurements(RunResult result)
    {
        if (result.Measurements.Count == 0)
        {
            return "";
        }

        var rows = result.Measurements.Take(MostMeasurements).Select(m =>
            $"| {Prose(m.Signal, LongestCell)} | {Code(Excerpt.Of(m.Place.Value, LongestCell))} | {Prose(MeasuredValue.Of(m), LongestCell)} | {Prose(m.Required?.ToString() ?? "", LongestCell)} |\n");
        return $"\n| signal | of | observed | required |\n|---|---|---|---|\n{string.Concat(rows)}";
    }

    private static string Prose(string text, int longest) => MarkdownText.Prose(Excerpt.Of(text, longest));

    private static string Code(string text) => MarkdownText.Code(Excerpt.Of(text, LongestCell));

    /// <summary>The text so far and its length in bytes, which is what limits it.</summary>
    private sealed class Page
    {
        private readonly StringBuilder text = new();
        private int bytes;

        public string Text => text.ToString();

        public void Add(string part)
        {
            text.Append(part);
            bytes += Encoding.UTF8.GetByteCount(part);
        }

        public bool TryAdd(string part, int longest)
        {
            if (bytes + Encoding.UTF8.GetByteCount(part) > longest)
            {
                return false;
            }

            Add(part);
            return true;
        }
    }
}

using System.Globalization;
using System.Text;
using ModelGate.Gates;
using ModelGate.Reports;
using ModelGate.Runs;
using Spectre.Console;

namespace ModelGate.Tool;

/// <summary>The report for people: what failed and why first, then what could not be judged, then what passed and by how much.</summary>
internal sealed class ConsoleReport : ReportFormat
{
    /// <summary>The format's name on the command line.</summary>
    public const string FormatName = "console";

    private const int LabelWidth = 5;
    private const int MostPassed = 6;

    private static readonly Style Dim = new(decoration: Decoration.Dim);
    private static readonly Style Bold = new(decoration: Decoration.Bold);

    /// <summary>Whether what passed is left out.</summary>
    public bool OnlyTrouble { get; init; }

    /// <inheritdoc/>
    public override string Name => FormatName;

    /// <inheritdoc/>
    public override bool IsForPeople => true;

    /// <inheritdoc/>
    public override void Write(RunRecord report, Stream output) => output.Write(Encoding.UTF8.GetBytes(Session.Plain(console => Write(report, console))));

    /// <inheritdoc/>
    public override void Show(RunRecord report, Stream output, Terminal terminal)
    {
        using var text = new StreamWriter(output, leaveOpen: true);
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = terminal.HasColours ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = terminal.HasColours ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(text),
        });
        console.Profile.Width = terminal.Width;
        Write(report, console);
    }

    private void Write(RunRecord report, IAnsiConsole console)
    {
        console.Write(new Text($"ModelGate {ProductVersion.Text}", Bold));
        console.Write(new Text(report.Title.IsEmpty ? "\n" : $"  {report.Title}\n", Dim));
        // What it comes from is read first, and how the files were found by who doubts it.
        foreach (var cause in report.Causes)
        {
            var rows = Rows();
            rows.AddRow(new Text("cause", new Style(Color.Red, decoration: Decoration.Bold)), new Text(cause.Sentence.Value, Bold));
            console.WriteLine();
            console.Write(rows);
        }

        if (report.Causes.Count > 0 && report.Notes.Count > 0)
        {
            console.WriteLine();
        }

        foreach (var note in report.Notes)
        {
            console.Write(new Text($"  {note}\n", Dim));
        }

        console.WriteLine();

        var troubles = report.Results.Where(r => r.Outcome != Outcome.Passed).OrderBy(r => r.Rank).ToArray();
        foreach (var result in troubles.Where(r => !MayBeFolded(r)))
        {
            WriteTrouble(console, result);
        }

        // A folder without a data set says so once, and not for each of the gates on data sets.
        foreach (var alike in troubles.Where(MayBeFolded).GroupBy(r => (Group: r.Group.Value, Subject: r.Subject.Value, Message: r.Message.Value)).Select(g => g.ToArray()))
        {
            WriteTrouble(console, alike[0], string.Join(", ", alike.Select(r => alike.Length == 1 ? $"{r.Gate.Id} {r.Gate.Name}" : r.Gate.Id).Distinct()));
        }

        WritePassed(console, [.. report.Results.Where(r => r.Outcome == Outcome.Passed && !OnlyTrouble)]);
        WriteWarnings(console, report);
        var style = report.Verdict switch
        {
            Verdict.Passed => new Style(Color.Green, decoration: Decoration.Bold),
            Verdict.Failed => new Style(Color.Red, decoration: Decoration.Bold),
            _ => new Style(Color.Yellow, decoration: Decoration.Bold),
        };
        console.Write(new Text(VerdictLine.Of(report) + "\n", style));
    }

    private static (string Word, Style Style) Badge(RunResult result) => result.Outcome switch
    {
        Outcome.Passed => ("PASS", new Style(Color.Green)),
        Outcome.Failed when result.IsError => ("FAIL", new Style(Color.Red, decoration: Decoration.Bold)),
        Outcome.Failed => ("WARN", new Style(Color.Yellow, decoration: Decoration.Bold)),
        Outcome.Inconclusive or Outcome.NotApplicable when result.IsError => ("????", new Style(Color.Yellow, decoration: Decoration.Bold)),
        Outcome.Waived => ("WAIV", new Style(Color.Blue)),
        _ => ("n/a", Dim),
    };

    private static bool MayBeFolded(RunResult result) => result is { Outcome: Outcome.NotApplicable, IsError: false, Findings.Count: 0 };

    private static void WriteTrouble(IAnsiConsole console, RunResult result, string? gates = null)
    {
        var (word, style) = Badge(result);
        var rows = Rows();
        var subject = result.Subject.IsEmpty ? "" : "  " + result.Subject;
        rows.AddRow(new Text(word, style), new Text($"{gates ?? $"{result.Gate.Id} {result.Gate.Name}"}{subject}", Bold));
        var sentences = new[] { result.Message }.Concat(result.Findings.Select(f => f.Message)).Distinct().ToArray();
        foreach (var sentence in sentences)
        {
            rows.AddRow(Text.Empty, new Text(sentence.Value));
        }

        if (result.Outcome != Outcome.NotApplicable)
        {
            if (result.Measurements.Count > 0)
            {
                rows.AddEmptyRow();
                rows.AddRow(Text.Empty, Numbers([.. result.Measurements.Where(IsTelling)], result));
                if (string.Join(", ", result.Measurements.Where(m => !IsTelling(m) && m.Observed is not null).Select(m => $"{NameOf(m, result)} {NumberText.Of(m.Observed!.Value)}{(m.Unit.Length == 0 ? "" : " " + m.Unit)}")) is { Length: > 0 } others)
                {
                    rows.AddRow(Text.Empty, new Text(others, Dim));
                }
            }

            rows.AddEmptyRow();
            if (result.Outcome == Outcome.Failed)
            {
                rows.AddRow(new Text("why", Dim), new Text(GatePage.FirstParagraph(result.Gate, "Why it matters")));
                var remedies = result.Findings.Select(f => f.Remedy).Where(r => !r.IsEmpty).Distinct().ToArray();
                rows.AddRow(new Text("fix", Dim), new Text(remedies.Length > 0
                    ? string.Join(' ', remedies.Select(r => r.Value.EndsWith('.') ? r.Value : r.Value + "."))
                    : GatePage.FirstParagraph(result.Gate, "How to fix")));
                if (result.Findings.SelectMany(f => f.Outlines).ToArray() is { Length: > 0 } outlines)
                {
                    rows.AddEmptyRow();
                    rows.AddRow(Text.Empty, new Text(string.Join('\n', ConsoleOutlines.Lines(outlines, SafeText.From("the model"), SafeText.From("what is expected"), console.Profile.Width - LabelWidth - 2))));
                    rows.AddEmptyRow();
                }
            }

            rows.AddRow(new Text("see", Dim), new Text($"{(result.At.File.IsEmpty ? "" : $"{result.At.File}:{result.At.Line}, ")}modelgate explain {result.Gate.Id}", Dim));
        }

        console.Write(rows);
        console.WriteLine();
    }

    private static void WritePassed(IAnsiConsole console, IReadOnlyList<RunResult> passed)
    {
        foreach (var group in passed.GroupBy(r => r.Gate.Id, StringComparer.Ordinal))
        {
            var result = group.First();
            // Several models may share a file, of which there is one thing to say.
            var told = group.GroupBy(r => r.InGroup(r.Message).Value, StringComparer.Ordinal)
                .Select(g => (Message: g.Key, Models: g.CountBy(r => r.Group).Count())).ToArray();
            var count = told.Length;
            var (word, style) = Badge(result);
            var rows = Rows();
            rows.AddRow(new Text(word, style), new Text($"{result.Gate.Id} {result.Gate.Name}{(count == 1 ? Margin(result) : $"  {SafeText.Count(count, "file")}")}"));
            foreach (var (message, models) in told.Take(MostPassed))
            {
                rows.AddRow(Text.Empty, new Text(models == 1 ? message : string.Create(CultureInfo.InvariantCulture, $"{message} (in {models} models)"), Dim));
            }

            if (count > MostPassed)
            {
                rows.AddRow(Text.Empty, new Text(string.Create(CultureInfo.InvariantCulture, $"and {count - MostPassed} more"), Dim));
            }

            console.Write(rows);
        }

        if (passed.Count > 0)
        {
            console.WriteLine();
        }
    }

    private static void WriteWarnings(IAnsiConsole console, RunRecord report)
    {
        var warnings = report.Artifacts.DistinctBy(a => a.Place).SelectMany(a => a.Warnings.Select(w => SafeText.Of($"{a.Place}: {w}"))).ToArray();
        foreach (var warning in warnings)
        {
            console.Write(new Text($" note  {warning}\n", Dim));
        }

        if (warnings.Length > 0)
        {
            console.WriteLine();
        }
    }

    private static Grid Rows()
        => new Grid().AddColumn(new GridColumn().NoWrap().Width(LabelWidth).PadLeft(1).PadRight(1)).AddColumn(new GridColumn().PadRight(0));

    private static string Margin(RunResult result)
    {
        var limits = result.Measurements.Where(m => m.Required is not null && m.Margin is not null && m.Required.Relation != Relation.Equal && m.Required.Limit != 0).ToArray();
        return limits.Length == 0 ? "" : "  " + string.Join(", ", limits.Select(m => $"{NameOf(m, result)} {MeasuredValue.Number(m)} ({m.Required}, margin {NumberText.Of(m.Margin!.Value)})"));
    }

    // What has a limit or a word gets a line of its own; the other numbers share one.
    private static bool IsTelling(Measurement measurement) => measurement.Required is not null || !measurement.Text.IsEmpty;

    // Where a signal was measured on several series or channels, each number says on which.
    private static string NameOf(Measurement measurement, RunResult result)
        => measurement.Subject.IsEmpty || !result.Measurements.Any(m => m.Signal == measurement.Signal && m.Subject != measurement.Subject) ? measurement.Signal : $"{measurement.Signal} of {measurement.Subject}";

    private static Grid Numbers(IReadOnlyList<Measurement> measurements, RunResult result)
    {
        var grid = new Grid().AddColumn(new GridColumn().NoWrap().PadRight(2)).AddColumn(new GridColumn().NoWrap().RightAligned().PadRight(2)).AddColumn(new GridColumn().NoWrap().PadRight(2)).AddColumn();
        foreach (var measurement in measurements)
        {
            var isMet = measurement.Required is null || measurement.Observed is not { } observed || measurement.Required.IsMetBy(observed);
            var value = MeasuredValue.Number(measurement);
            grid.AddRow(
                new Text(NameOf(measurement, result), Dim),
                new Text(value, isMet ? Style.Plain : new Style(Color.Red)),
                new Text(measurement.Required?.ToString() ?? (measurement.Observed is null ? "" : measurement.Unit), Dim),
                new Text(measurement.Text.Value, Dim));
        }

        return grid;
    }
}

using System.CommandLine;
using System.Globalization;
using ModelGate.Bytes;
using ModelGate.Configuration;
using ModelGate.Evaluation;
using ModelGate.Evaluation.Tracing;
using ModelGate.Reports;
using Spectre.Console;

namespace ModelGate.Tool;

/// <summary><c>modelgate trace</c>: says which checkpoint a model's weights are.</summary>
internal static class TraceCommand
{
    private const int MostCandidates = 12;

    private static readonly string[] Formats = [ConsoleReport.FormatName, "json"];

    public static Command Create(Session session)
    {
        var model = new Argument<string>("MODEL") { Description = "The model: an export, a checkpoint, a merge." };
        var paths = new Argument<string[]>("PATH") { Description = "Folders that are searched for checkpoints with all that is below them, or files.", Arity = ArgumentArity.OneOrMore };
        var format = new Option<string>("--format") { Description = $"What to print: {string.Join(", ", Formats)}.", HelpName = "FORMAT", DefaultValueFactory = _ => ConsoleReport.FormatName };
        var jobs = JobsOption.Create();
        var limit = LimitOption.Create();
        var command = new Command("trace", "Says which checkpoint a model's weights are, by content: step, epoch, rounding, average, merge of two; else the nearest.") { model, paths, format, jobs, limit };
        command.SetAction(parsed => Run(
            session,
            parsed.GetValue(model)!,
            parsed.GetValue(paths)!,
            parsed.GetValue(format)!,
            new MeasuringPlan(LimitOption.Apply(ReadLimits.Default, parsed.GetValue(limit) ?? []), JobsOption.Check(parsed.GetValue(jobs)), null)));
        return command;
    }

    private static int Run(Session session, string model, string[] paths, string format, MeasuringPlan plan)
    {
        if (!Formats.Contains(format, StringComparer.Ordinal))
        {
            throw new UsageException(SafeText.Of($"trace cannot print \"{format}\"; it prints {string.Join(" or ", Formats)}"));
        }

        if (!File.Exists(model))
        {
            throw new UsageException(Directory.Exists(model) ? SafeText.Of($"{model} is a folder: name the model first, then where its checkpoints may be") : SafeText.Of($"there is no file {model}"));
        }

        var self = Path.GetFullPath(model);
        var files = paths.SelectMany(NamedFiles.Below).Where(f => f.IsNamed || CheckpointFiles.MayBe(f.Path)).Select(f => f.Path)
            .DistinctBy(Path.GetFullPath, StringComparer.Ordinal).Where(f => Path.GetFullPath(f) != self).ToArray();
        WeightTrace trace;
        using (var progress = ProgressLine.OnTerminal(session))
        {
            trace = new WeightTracing(new NamedFiles(), plan with { Progress = progress }).Run(model, files, session.Cancellation);
        }

        if (format == "json")
        {
            session.Write(stream => WeightTraceJson.Write(trace, stream));
        }
        else
        {
            session.Show(console => Show(trace, console));
        }

        return trace.Origin switch
        {
            TraceOrigin.Equal or TraceOrigin.Merge => ExitCode.Passed,
            TraceOrigin.Unknown => ExitCode.CouldNotJudge,
            _ => ExitCode.Failed,
        };
    }

    private static void Show(WeightTrace trace, IAnsiConsole console)
    {
        var color = trace.Origin switch { TraceOrigin.Equal or TraceOrigin.Merge => Color.Green, TraceOrigin.Unknown => Color.Yellow, _ => Color.Red };
        console.Write(new Text(trace.Sentence.Value + "\n", new Style(color)));
        if (trace.Candidates.Count > 0)
        {
            console.WriteLine();
            var grid = new Grid().AddColumn(new GridColumn().Padding(2, 0, 2, 0)).AddColumn(new GridColumn().NoWrap().RightAligned()).AddColumn(new GridColumn().NoWrap().RightAligned())
                .AddColumn(new GridColumn().NoWrap().RightAligned()).AddColumn(new GridColumn().NoWrap().RightAligned());
            var dim = new Style(decoration: Decoration.Dim);
            grid.AddRow(new Text("checkpoint", dim), new Text("step", dim), new Text("epoch", dim), new Text("equal tensors", dim), new Text("mean difference", dim));
            foreach (var candidate in trace.Candidates.Take(MostCandidates))
            {
                grid.AddRow(
                    new Text(SafeText.From(candidate.Path).Value),
                    new Text(Number(candidate.Progress.Step)),
                    new Text(Number(candidate.Progress.Epoch)),
                    new Text(string.Create(CultureInfo.InvariantCulture, $"{candidate.Pairing.Match.EqualKeys} of {candidate.Pairing.Match.Keys}")),
                    new Text(candidate.IsEqual ? "equal" : candidate.Distance is { } distance ? distance.ToString("G3", CultureInfo.InvariantCulture) : "none in common"));
            }

            console.Write(grid);
            if (trace.Candidates.Count > MostCandidates)
            {
                console.Write(new Text(string.Create(CultureInfo.InvariantCulture, $"  and {trace.Candidates.Count - MostCandidates} that are farther; --format json lists all\n"), dim));
            }
        }

        foreach (var (path, why) in trace.Unread)
        {
            console.Write(new Text($"note: {SafeText.From(path)} was not compared: {why}\n", new Style(Color.Yellow)));
        }
    }

    private static string Number(long? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "";
}

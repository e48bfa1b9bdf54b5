using System.CommandLine;
using System.Globalization;
using ModelGate.Bytes;
using ModelGate.Configuration;
using ModelGate.Evaluation;
using ModelGate.Gates;
using ModelGate.Reports;
using ModelGate.Runs;
using ModelGate.Signals;
using ModelGate.Signals.Audio.Voice;
using ModelGate.Signals.Catalogue;
using ModelGate.Signals.Mathematics;
using ModelGate.Signals.TeamMetrics;
using Spectre.Console;

namespace ModelGate.Tool;

/// <summary><c>modelgate measure</c>: prints what can be measured on files, and judges nothing.</summary>
internal static class MeasureCommand
{
    // Of a signal with more parts than this, the console shows the range.
    private const int MostParts = 12;

    // Of a file with more signals than this, the console shows the first.
    private const int MostSignals = 200;

    private const string MetricPrefix = "metrics.";

    private static readonly string[] Formats = [ConsoleReport.FormatName, "json", "csv"];

    public static Command Create(Session session)
    {
        var paths = new Argument<string[]>("PATH") { Description = "Files, or folders whose files are measured.", Arity = ArgumentArity.OneOrMore };
        var signal = new Option<string[]>("--signal") { Description = "Measure only this signal; metrics.NAME is one of a team's own numbers. May be given many times; modelgate explain lists them.", HelpName = "NAME" };
        var format = new Option<string>("--format") { Description = $"What to print: {string.Join(", ", Formats)}.", HelpName = "FORMAT", DefaultValueFactory = _ => ConsoleReport.FormatName };
        var mel = new Option<string?>("--mel") { Description = $"The settings in which mel signals are measured: {string.Join(", ", MelSettings.All.Select(m => m.Name))}. HiFi-GAN's where it is not given.", HelpName = "TRAINER" };
        var jobs = JobsOption.Create();
        var stateDict = StateDictOption.Create();
        var limit = LimitOption.Create();
        var command = new Command("measure", "Prints every signal that can be measured on files: recordings, checkpoints, logs, metrics.") { paths, signal, mel, format, stateDict, jobs, limit };
        command.SetAction(parsed => Run(
            session,
            parsed.GetValue(paths)!,
            In(Signals(parsed.GetValue(signal) ?? []), parsed.GetValue(mel)),
            (parsed.GetValue(signal) ?? []).Length > 0,
            parsed.GetValue(format)!,
            new MeasuringPlan(LimitOption.Apply(ReadLimits.Default, parsed.GetValue(limit) ?? []), JobsOption.Check(parsed.GetValue(jobs)), null) { StateDict = parsed.GetValue(stateDict) }));
        return command;
    }

    private static IReadOnlyList<Signal> In(IReadOnlyList<Signal> signals, string? mel)
        => mel is null
            ? signals
            : MelSettings.All.FirstOrDefault(m => m.Name == mel) is { } settings
            ? [.. signals.Select(s => s is IMelSignal of ? of.In(settings) : s)]
            : throw new UsageException(SafeText.Of($"--mel does not know \"{mel}\"; it knows {string.Join(", ", MelSettings.All.Select(m => m.Name))}"));

    private static int Run(Session session, string[] paths, IReadOnlyList<Signal> signals, bool onlyThese, string format, MeasuringPlan plan)
    {
        if (!Formats.Contains(format, StringComparer.Ordinal))
        {
            throw new UsageException(SafeText.Of($"measure cannot print \"{format}\"; it prints {string.Join(", ", Formats)}"));
        }

        var found = paths.SelectMany(FilesOf).DistinctBy(f => f.Path).ToArray();
        var files = found.Where(f => !f.IsConfiguration).Select(f => new RoleFile(ArtifactRole.Model, f.Path)).ToArray();
        if (files.Length == 0)
        {
            throw new UsageException(SafeText.Of($"there is nothing to measure in {string.Join(", ", paths)}"));
        }

        IReadOnlyList<FileMeasurements> all;
        using (var progress = ProgressLine.OnTerminal(session))
        {
            all = SignalMeasuring.Run(files, new NamedFiles(), signals, onlyThese, plan with { Progress = progress }, session.Cancellation);
        }

        // Nobody asked for each file of a folder: what is none of a model's is told, and is no failure.
        var inFolders = found.Where(f => f.IsInFolder).Select(f => f.Path).ToHashSet(StringComparer.Ordinal);
        FileMeasurements[] skipped =
        [
            .. found.Where(f => f.IsConfiguration).Select(f => new FileMeasurements(f.Path, SafeText.Of($"this is a configuration"), [])),
            .. all.Where(f => f.IsForeign && inFolders.Contains(f.Path) && !IsCalledLikeOne(f.Path)),
        ];
        FileMeasurements[] measured = [.. all.Except(skipped)];
        if (measured.Length == 0)
        {
            throw new UsageException(SafeText.Of($"there is nothing to measure in {string.Join(", ", paths)}; {skipped[0].Path}: {skipped[0].Problem}"));
        }

        switch (format)
        {
            case "json":
                session.Write(stream => MeasurementsJson.Write(measured, skipped, stream));
                break;
            case "csv":
                session.Output.Write(MeasurementsCsv.Text(measured));
                break;
            default:
                session.Show(console => Show(measured, skipped, console, onlyThese));
                break;
        }

        foreach (var file in measured.Where(f => format != ConsoleReport.FormatName && !f.Problem.IsEmpty))
        {
            session.Error.WriteLine(SafeText.Of($"modelgate: {file.Path} cannot be read: {file.Problem}").Value);
        }

        foreach (var file in skipped.Where(_ => format != ConsoleReport.FormatName))
        {
            session.Error.WriteLine(SafeText.Of($"modelgate: {file.Path} is not measured: {file.Problem}").Value);
        }

        return measured.Any(f => !f.Problem.IsEmpty || f.Values.Any(v => v.Value is null && onlyThese)) ? ExitCode.CouldNotJudge : ExitCode.Passed;
    }

    internal static IReadOnlyList<Signal> Signals(string[] names)
        => names.Length == 0 ? SignalCatalogue.All : [.. names.Select(name => SignalCatalogue.Find(name) switch
        {
            null when name.StartsWith(MetricPrefix, StringComparison.Ordinal) && name.Length > MetricPrefix.Length => new MetricSignal(name[MetricPrefix.Length..]),
            null => throw new UsageException(SafeText.Of($"there is no signal \"{name}\"{NearestName.Hint(name, [.. SignalCatalogue.All.Select(s => s.Description.Name)])}")),
            { Source: null } pair => throw new UsageException(SafeText.Of($"{name} is measured on {SignalsPage.Name(pair.Description.On)}, which check compares; measure looks at each file by itself")),
            var signal => signal,
        })];

    // A model or a recording that cannot be read as one is a failure wherever it lies.
    private static bool IsCalledLikeOne(string path) => ContentRecognition.IsWeights(path) || path.EndsWith(".wav", StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<FoundFile> FilesOf(string path) => NamedFiles.Below(path).Select(f => new FoundFile(f.Path, !f.IsNamed));

    private static void Show(IReadOnlyList<FileMeasurements> files, IReadOnlyList<FileMeasurements> skipped, IAnsiConsole console, bool onlyThese)
    {
        foreach (var file in files)
        {
            console.Write(new Text(SafeText.From(file.Path) + "\n", new Style(decoration: Decoration.Bold)));
            if (!file.Problem.IsEmpty)
            {
                console.Write(new Text($"  cannot be read: {file.Problem}\n", new Style(Color.Yellow)));
            }

            var grid = new Grid().AddColumn(new GridColumn().NoWrap().Padding(2, 0, 2, 0)).AddColumn(new GridColumn().NoWrap().RightAligned()).AddColumn(new GridColumn().NoWrap()).AddColumn();
            var groups = file.Values.GroupBy(v => v.Signal.Name, StringComparer.Ordinal).Select(g => g.ToArray()).ToArray();
            foreach (var signal in groups.Take(MostSignals))
            {
                if (signal.Length > MostParts && !onlyThese)
                {
                    var values = signal.Where(v => v.Value is not null).Select(v => v.Value!.Value).ToArray();
                    var range = values.Length == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{values.Min():G6} to {values.Max():G6}");
                    grid.AddRow(new Text(signal[0].Signal.Name), new Text(range), new Text(signal[0].Signal.Unit), new Text(string.Create(CultureInfo.InvariantCulture, $"in {signal.Length} parts"), new Style(decoration: Decoration.Dim)));
                    continue;
                }

                foreach (var value in signal)
                {
                    var number = value.Value is { } found ? found.ToString("G9", CultureInfo.InvariantCulture) : "none";
                    var note = SafeText.Join(": ", new[] { value.Part, value.Why }.Where(t => !t.IsEmpty));
                    grid.AddRow(new Text(value.Signal.Name), new Text(number), new Text(value.Signal.Unit), new Text(note.Value, new Style(decoration: Decoration.Dim)));
                }
            }

            console.Write(grid);
            if (groups.Length > MostSignals)
            {
                console.Write(new Text(string.Create(CultureInfo.InvariantCulture, $"  and {groups.Length - MostSignals} more: --format json or csv lists all\n"), new Style(decoration: Decoration.Dim)));
            }

            console.WriteLine();
        }

        foreach (var file in skipped)
        {
            console.Write(new Text($"{SafeText.From(file.Path)} is not measured: {file.Problem}\n", new Style(decoration: Decoration.Dim)));
        }
    }

    /// <summary>A file to measure.</summary>
    private sealed record FoundFile(string Path, bool IsInFolder)
    {
        /// <summary>Whether it is a configuration that lies in a folder, where nobody means it.</summary>
        public bool IsConfiguration => IsInFolder && System.IO.Path.GetFileName(Path) == GateConfiguration.FileName;
    }
}

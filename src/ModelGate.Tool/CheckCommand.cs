using System.CommandLine;
using ModelGate.Configuration;
using ModelGate.Evaluation;
using ModelGate.Reports;
using ModelGate.Runs;
using ModelGate.Signals.Baselines;

namespace ModelGate.Tool;

/// <summary><c>modelgate check</c>: judges a training run.</summary>
internal static class CheckCommand
{
    private const int LongestName = 100;
    private const int MostRuns = 100_000;

    public static Command Create(Session session)
    {
        var path = new Argument<string[]>("PATH")
        {
            Description = "A folder that holds a gate.config.json, or a training run's folder, or one with several of these below; or a file, which is judged by what it is. May be given many times. Without one: the current folder, then its parents.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var config = new Option<string?>("--config") { Description = "The configuration to use. With PATH, its globs are relative to each PATH.", HelpName = "FILE" };
        var format = new Option<string>("--format")
        {
            Description = $"What to print: {string.Join(", ", ReportFormats.Names)}.",
            HelpName = "FORMAT",
            DefaultValueFactory = _ => ConsoleReport.FormatName,
        };
        var report = new Option<string[]>("--report") { Description = "Also write a report to a file, whose folders are made where they are not there. May be given many times.", HelpName = "FORMAT=FILE" };
        var gate = new Option<string[]>("--gate") { Description = "Run only this gate, by name or id. May be given many times.", HelpName = "NAME" };
        var failOn = new Option<string>("--fail-on")
        {
            Description = "The lowest severity that fails: error or warning.",
            HelpName = "SEVERITY",
            DefaultValueFactory = _ => "error",
        };
        var name = new Option<string?>("--name") { Description = "What servers call the model, to tell its reports from those of other models: its folder where it is not given. Give one where several jobs judge folders of the same name.", HelpName = "NAME" };
        var runName = RunOriginOption.Create();
        var jobs = JobsOption.Create();
        var limit = LimitOption.Create();
        var allowCommands = new Option<bool>("--allow-commands") { Description = "Run the command that the configuration names for its architecture. Off: nothing is run." };
        var baseline = new Option<string?>("--baseline") { Description = "Compare what is measured with this baseline: a file of modelgate baseline, or a JSON report. It takes the place of what the configuration names.", HelpName = "FILE" };
        var history = new Option<string?>("--history") { Description = "Add what this run measured to this folder, a small file for each run, and draw each number over the runs in the HTML report. trend-must-not-worsen takes its runs from there.", HelpName = "FOLDER" };
        var keep = new Option<int>("--history-limit") { Description = "How many runs the history keeps: the oldest beyond them are removed.", HelpName = "N", DefaultValueFactory = _ => 500 };
        var badge = new Option<string?>("--badge") { Description = "Also write the verdict as a small SVG picture, for a README.", HelpName = "FILE" };
        var attest = new Option<string?>("--attest") { Description = "Also write the verdict as an in-toto statement with the hashes of what was judged, of the configuration and of the tool, for the build server to sign and modelgate verify to check.", HelpName = "FILE" };
        var date = DayOption.Create();
        var proposals = new Option<bool>("--write-waivers") { Description = $"Propose a waiver for each failure, in {ProposedWaivers.FileName} beside the configuration. It is not accepted until each has a statement and an owner." };
        var allowAssemblies = new Option<bool>("--allow-assemblies") { Description = "Load the assembly that the configuration names for its architecture. Off: none is loaded." };
        var allowTorchScript = new Option<bool>("--allow-torchscript") { Description = "Run models that are TorchScript programs, where gates ask to run the model. Off: none is run." };
        var keepAudio = new Option<string?>("--keep-audio") { Description = "Keep the recordings that the model makes, for copy-synthesis-must-resemble-input, in this folder. Default: beside the first HTML report; without one, nothing is kept.", HelpName = "FOLDER" };
        var quiet = new Option<bool>("--quiet", "-q") { Description = "Print nothing where everything passed, and else only what did not." };
        var embedAudio = new Option<bool>("--embed-audio") { Description = "Put recordings into the HTML report, to listen to: the first 2 MB of each as 16-bit samples. Off: a report holds no recording." };
        var overwrite = OverwriteOption.Create();
        var buildLog = new Option<string?>("--build-log") { Hidden = true };
        var command = new Command("check", "Judges a training run against the gates of its configuration.")
        {
            path, config, format, report, gate, failOn, name, runName, baseline, history, keep, badge, attest, date, proposals, jobs, limit, quiet, embedAudio, overwrite, allowCommands, allowAssemblies, allowTorchScript, keepAudio, buildLog,
        };
        command.SetAction(parsed =>
        {
            var log = parsed.GetValue(buildLog) is { } file ? new BuildLog(file) : null;
            try
            {
                var plans = Plans(parsed.GetValue(path) ?? [], parsed.GetValue(config), parsed.GetValue(gate) ?? [], parsed.GetValue(failOn)!, parsed.GetValue(name), parsed.GetValue(limit) ?? []);
                var origin = RunOriginOption.Of(parsed.GetValue(runName), Environment.GetEnvironmentVariable);
                var (atATime, commands) = (JobsOption.Check(parsed.GetValue(jobs)), parsed.GetValue(allowCommands) ? new ManifestCommands() : null);
                var given = parsed.GetValue(baseline) is { } earlier ? BaselineFile.Read(earlier, LimitOption.Apply(Bytes.ReadLimits.Default, parsed.GetValue(limit) ?? []), session.Cancellation) : null;
                var record = HistoryOf(parsed.GetValue(history), parsed.GetValue(keep), parsed.GetValue(gate) ?? [], LimitOption.Apply(Bytes.ReadLimits.Default, parsed.GetValue(limit) ?? []), session.Cancellation);
                var day = DayOption.Of(parsed.GetValue(date), Environment.GetEnvironmentVariable, TimeProvider.System);
                if (parsed.GetValue(attest) is not null && parsed.GetValue(gate) is { Length: > 0 })
                {
                    throw new UsageException(SafeText.Of($"--attest states a whole verdict, and --gate runs a part of one: leave one of them out"));
                }

                foreach (var (option, value) in new[] { ("--history", parsed.GetValue(history)), ("--badge", parsed.GetValue(badge)), ("--attest", parsed.GetValue(attest)) })
                {
                    if (value is not null && string.IsNullOrWhiteSpace(value))
                    {
                        throw new UsageException(SafeText.Of($"{option} is empty; it has to be a path"));
                    }
                }

                ReportFile[] files = [.. (parsed.GetValue(report) ?? []).Select(ReportFile.Parse)];
                using var runs = new ModelRunFolder(Environment.GetEnvironmentVariable, KeptAudio.FolderOf(parsed.GetValue(keepAudio), files), parsed.GetValue(overwrite))
                {
                    AllowsTorchScript = parsed.GetValue(allowTorchScript),
                    AllowsAssemblies = parsed.GetValue(allowAssemblies),
                };
                var exitCode = Run(
                    session,
                    [.. plans.Select(p => p with { Jobs = atATime, Commands = commands, ModelRuns = runs, Day = day, EmbedAudio = parsed.GetValue(embedAudio), IsOneOfSeveral = plans.Count > 1, History = record?.Runs }).Select(p => given is null ? p : p.With(given))],
                    origin,
                    ReportFormats.Find(parsed.GetValue(format)!),
                    files,
                    log,
                    parsed.GetValue(quiet),
                    parsed.GetValue(overwrite),
                    parsed.GetValue(proposals) ? day : null,
                    record,
                    (parsed.GetValue(badge), parsed.GetValue(attest)));
                return KeptAudio.Tell(session, runs, parsed.GetValue(quiet), exitCode);
            }
            catch (ConfigurationException fault)
            {
                log?.Write(fault);
                session.Write(stream => ReportFormats.All.FirstOrDefault(f => f.Name == parsed.GetValue(format))?.Refuse(fault.Errors, stream));
                throw;
            }
        });
        return command;
    }

    private static int Run(Session session, EvaluationPlan[] plans, RunOrigin origin, ReportFormat format, IReadOnlyList<ReportFile> files, BuildLog? log, bool quiet, bool overwrite, DateOnly? proposeOn, RecordedRuns? history, (string? Badge, string? Statement) beside)
    {
        var needsExhibits = format.NeedsExhibits || files.Any(f => f.Format.NeedsExhibits);
        if (files.GroupBy(f => Path.GetFullPath(f.Path)).FirstOrDefault(g => g.Count() > 1) is { } several)
        {
            throw new UsageException(SafeText.Of($"--report names {several.First().Path} for several reports: {string.Join(", ", several.Select(f => f.Format.Name))}"));
        }

        foreach (var file in files)
        {
            file.Require(plans, overwrite);
        }

        foreach (var (path, what) in new[] { (beside.Badge, "badge"), (beside.Statement, "statement") })
        {
            if (path is not null)
            {
                WrittenFile.RequireOwn(path, SafeText.Of($"the {what} {path}"), overwrite);
            }
        }

        RunRecord report;
        using (var progress = ProgressLine.OnTerminal(session))
        {
            var records = plans.Select(p => Evaluator.Run(p with { ShowExhibits = needsExhibits, Progress = progress }, cancellation: session.Cancellation)).ToArray();
            report = (records is [var only] ? only : RunRecord.Join([.. records.Zip(plans, (record, plan) => record.In(SafeText.From(plan.Folder)))])) with { Origin = origin };
        }

        report = report with { Notes = [.. report.Notes, .. BaselineFile.Unseen(plans)] };
        var entry = history is null ? null : BaselineReduction.Entry(report);
        report = history is null ? report : report with { History = new RunHistory([.. history.Runs.Runs, entry!]) };
        foreach (var file in files)
        {
            file.Write(report);
        }

        if (beside.Badge is { } badge)
        {
            WrittenFile.Replace(badge, stream => Badge.Write(report, stream), SafeText.Of($"the badge {badge}"));
        }

        if (beside.Statement is { } statement)
        {
            Attestation.Write(statement, plans, report);
        }

        // Last of what is written: a history that cannot be written takes no report along.
        if (history is not null)
        {
            HistoryFolder.Add(history.Folder, entry!, history.Most);
        }

        if (proposeOn is { } day)
        {
            foreach (var (plan, model) in plans.Zip(report.Models()))
            {
                ProposedWaivers.Write(session, plan, model, day, overwrite);
            }
        }

        log?.Write(plans, report);
        session.Print(report, format, quiet);
        foreach (var file in files.Where(_ => !quiet))
        {
            session.Error.WriteLine(SafeText.Of($"modelgate: the {file.Format.Name} report is in {file.Path}").Value);
        }

        return report.Verdict switch
        {
            Verdict.Passed => ExitCode.Passed,
            Verdict.Failed => ExitCode.Failed,
            _ => ExitCode.CouldNotJudge,
        };
    }

    private static RecordedRuns? HistoryOf(string? folder, int most, string[] gates, Bytes.ReadLimits limits, CancellationToken cancellation)
        => folder is null ? null
            : most is < 1 or > MostRuns ? throw new UsageException(SafeText.Of($"--history-limit is {most}; it has to be from 1 to {MostRuns}"))
            : gates.Length > 0 ? throw new UsageException(SafeText.Of($"--history keeps whole runs, and --gate runs a part of one: leave one of them out"))
            : new RecordedRuns(folder, most, HistoryFolder.Read(folder, most, limits, cancellation));

    private static IReadOnlyList<EvaluationPlan> Plans(IReadOnlyList<string> paths, string? config, string[] gates, string failOn, string? name, string[] limits)
    {
        var severity = failOn switch
        {
            "error" => Severity.Error,
            "warning" => Severity.Warning,
            _ => throw new UsageException(SafeText.Of($"--fail-on cannot be \"{failOn}\"; it is error or warning")),
        };
        var plans = PlanLocation.Of(paths, config, NameOf(name)).Select(p => p with { FailOn = severity, Limits = LimitOption.Apply(p.Limits, limits) }).ToArray();
        try
        {
            return EvaluationPlan.Only(plans, gates);
        }
        catch (UsageException fault)
        {
            throw new UsageException(SafeText.Of($"--gate: {SafeText.From(fault.Message)}"));
        }
    }

    private static string? NameOf(string? name) => name?.Trim() switch
    {
        { Length: 0 } => throw new UsageException(SafeText.Of($"--name is empty; it has to be a name")),
        { Length: > LongestName } => throw new UsageException(SafeText.Of($"--name has more than {LongestName} characters")),
        var trimmed => trimmed,
    };

    // What --history names: the folder, how many runs it keeps, and those that it has.
    private sealed record RecordedRuns(string Folder, int Most, RunHistory Runs);
}

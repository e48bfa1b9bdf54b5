using System.CommandLine;
using ModelGate.Configuration;
using ModelGate.Evaluation;
using ModelGate.Reports;
using ModelGate.Runs;

namespace ModelGate.Tool;

/// <summary><c>modelgate check</c>: judges a training run.</summary>
internal static class CheckCommand
{
    public static Command Create(Session session)
    {
        var path = new Argument<string?>("PATH")
        {
            Description = "A folder that holds a gate.config.json, or a training run's folder. Without one: the current folder, then its parents.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var config = new Option<string?>("--config") { Description = "The configuration to use.", HelpName = "FILE" };
        var format = new Option<string>("--format")
        {
            Description = $"What to print: {string.Join(", ", ReportFormats.Names)}.",
            HelpName = "FORMAT",
            DefaultValueFactory = _ => ConsoleReport.FormatName,
        };
        var report = new Option<string[]>("--report") { Description = "Also write a report to a file. May be given many times.", HelpName = "FORMAT=FILE" };
        var gate = new Option<string[]>("--gate") { Description = "Run only this gate, by name or id. May be given many times.", HelpName = "NAME" };
        var failOn = new Option<string>("--fail-on")
        {
            Description = "The lowest severity that fails: error or warning.",
            HelpName = "SEVERITY",
            DefaultValueFactory = _ => "error",
        };
        var jobs = JobsOption.Create();
        var limit = LimitOption.Create();
        var allowCommands = new Option<bool>("--allow-commands") { Description = "Run the command that the configuration names for its architecture. Off: nothing is run." };
        var buildLog = new Option<string?>("--build-log") { Hidden = true };
        var command = new Command("check", "Judges a training run against the gates of its configuration.") { path, config, format, report, gate, failOn, jobs, limit, allowCommands, buildLog };
        command.SetAction(parsed =>
        {
            var log = parsed.GetValue(buildLog) is { } file ? new BuildLog(file) : null;
            try
            {
                return Run(
                    session,
                    Plan(parsed.GetValue(path), parsed.GetValue(config), parsed.GetValue(gate) ?? [], parsed.GetValue(failOn)!, parsed.GetValue(limit) ?? []) with
                    {
                        Jobs = JobsOption.Check(parsed.GetValue(jobs)),
                        Commands = parsed.GetValue(allowCommands) ? new ManifestCommands() : null,
                    },
                    ReportFormats.Find(parsed.GetValue(format)!),
                    [.. (parsed.GetValue(report) ?? []).Select(ReportFile.Parse)],
                    log);
            }
            catch (ConfigurationException fault)
            {
                log?.Write(fault);
                throw;
            }
        });
        return command;
    }

    private static int Run(Session session, EvaluationPlan plan, ReportFormat format, IReadOnlyList<ReportFile> files, BuildLog? log)
    {
        var needsExhibits = format.NeedsExhibits || files.Any(f => f.Format.NeedsExhibits);
        RunRecord report;
        using (var progress = ProgressLine.OnTerminal(session))
        {
            report = Evaluator.Run(plan with { ShowExhibits = needsExhibits, Progress = progress }, cancellation: session.Cancellation);
        }

        foreach (var file in files)
        {
            file.Write(report);
        }

        log?.Write(plan, report);
        session.Print(report, format);
        return report.Verdict switch
        {
            Verdict.Passed => ExitCode.Passed,
            Verdict.Failed => ExitCode.Failed,
            _ => ExitCode.CouldNotJudge,
        };
    }

    private static EvaluationPlan Plan(string? path, string? config, string[] gates, string failOn, string[] limits)
    {
        var severity = failOn switch
        {
            "error" => Severity.Error,
            "warning" => Severity.Warning,
            _ => throw new UsageException(SafeText.Of($"--fail-on cannot be \"{failOn}\"; it is error or warning")),
        };
        try
        {
            var plan = Locate(path, config);
            return (plan with { FailOn = severity, Limits = LimitOption.Apply(plan.Limits, limits) }).Only(gates);
        }
        catch (ArgumentException fault)
        {
            throw new UsageException(SafeText.Of($"--gate: {SafeText.From(fault.Message)}"));
        }
    }

    private static EvaluationPlan Locate(string? path, string? config)
    {
        if (path is not null && !Directory.Exists(path))
        {
            throw new UsageException(File.Exists(path)
                ? SafeText.Of($"{path} is a file; check wants a folder, and --config a configuration")
                : SafeText.Of($"there is no folder {path}"));
        }

        if (config is not null)
        {
            if (path is not null && Path.GetFullPath(path).TrimEnd('/', '\\') != Path.GetDirectoryName(Path.GetFullPath(config)))
            {
                throw new UsageException(SafeText.Of($"{config} does not lie in {path}: a configuration's paths are relative to itself, so give one of the two"));
            }

            return Load(config);
        }

        if (path is not null)
        {
            var file = Path.Combine(path, GateConfigurationReader.FileName);
            return File.Exists(file) ? Load(file) : RunRecognition.Recognise(path) ?? throw new UsageException(SafeText.Of(
                $"{path} holds no {GateConfigurationReader.FileName}, and is no training run that is recognised: write a configuration that names its files (see docs/configuration.md)"));
        }

        for (var at = new DirectoryInfo(Directory.GetCurrentDirectory()); at is not null; at = at.Parent)
        {
            var file = Path.Combine(at.FullName, GateConfigurationReader.FileName);
            if (File.Exists(file))
            {
                return Load(file);
            }

            if (Path.Exists(Path.Combine(at.FullName, ".git")))
            {
                break;
            }
        }

        return RunRecognition.Recognise(".") ?? throw new UsageException(SafeText.Of(
            $"neither the current folder nor one above it holds a {GateConfigurationReader.FileName}, and the current folder is no training run that is recognised"));
    }

    private static EvaluationPlan Load(string file)
    {
        var shown = Path.GetRelativePath(Directory.GetCurrentDirectory(), Path.GetFullPath(file)).Replace(Path.DirectorySeparatorChar, '/');
        shown = shown.StartsWith("../", StringComparison.Ordinal) ? file.Replace(Path.DirectorySeparatorChar, '/') : shown;
        try
        {
            return EvaluationPlan.FromFile(file, shown);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new UsageException(SafeText.Of($"{shown} cannot be read: {fault.Message.TrimEnd('.')}"));
        }
    }
}

using System.CommandLine;
using System.Text;
using ModelGate.Configuration;
using ModelGate.Evaluation;
using ModelGate.Reports;

namespace ModelGate.Tool;

/// <summary><c>modelgate init</c>: writes the configuration of a folder that has none.</summary>
internal static class InitCommand
{
    public static Command Create(Session session)
    {
        var path = new Argument<string[]>("PATH") { Description = "Folders of training runs or models, or folders with several of these below. Without one: the current folder.", Arity = ArgumentArity.ZeroOrMore };
        var print = new Option<bool>("--print") { Description = "Print what would be written, and write nothing." };
        var overwrite = OverwriteOption.Create();
        var jobs = JobsOption.Create();
        var command = new Command("init", "Writes a gate.config.json for a folder: what check finds there without one, in words that can be changed.") { path, print, overwrite, jobs };
        command.SetAction(parsed => Run(session, parsed.GetValue(path) is { Length: > 0 } paths ? paths : ["."], parsed.GetValue(print), parsed.GetValue(overwrite), JobsOption.Check(parsed.GetValue(jobs))));
        return command;
    }

    private static int Run(Session session, string[] paths, bool print, bool overwrite, int jobs)
    {
        foreach (var path in paths.Where(p => !Directory.Exists(p)))
        {
            throw new UsageException(File.Exists(path) ? SafeText.Of($"{path} is a file; init wants the folder that holds it") : SafeText.Of($"there is no folder {path}"));
        }

        var found = paths.SelectMany(p => PlanLocation.WithoutConfiguration(p)).ToArray();
        foreach (var (folder, _) in found)
        {
            var file = Path.Combine(folder, GateConfiguration.FileName);
            if (!print && !overwrite && Path.Exists(file))
            {
                throw new UsageException(SafeText.Of($"{file} is there already; {OverwriteOption.Name} writes it anew"));
            }
        }

        foreach (var (folder, plan) in found)
        {
            string text;
            using (var progress = ProgressLine.OnTerminal(session))
            {
                text = ConfigurationDraft.Of(plan, Evaluator.Run(plan with { Jobs = jobs, Progress = progress }, cancellation: session.Cancellation));
            }

            if (print)
            {
                session.Output.Write(text);
                continue;
            }

            var file = Path.Combine(folder, GateConfiguration.FileName);
            WrittenFile.Replace(file, stream => stream.Write(Encoding.UTF8.GetBytes(text)));
            session.Output.WriteLine(SafeText.Of($"{file} is written: read it, and change what is meant otherwise; modelgate check {folder} judges by it").Value);
        }

        return ExitCode.Passed;
    }
}

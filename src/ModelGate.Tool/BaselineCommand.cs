using System.CommandLine;
using ModelGate.Bytes;
using ModelGate.Configuration;
using ModelGate.Evaluation;
using ModelGate.Gates.Baselines;
using ModelGate.Runs;
using ModelGate.Runs.Json;
using ModelGate.Signals.Baselines;

namespace ModelGate.Tool;

/// <summary><c>modelgate baseline</c>: keeps what good runs measured, for later ones to be compared with.</summary>
internal static class BaselineCommand
{
    private const string Gate = "metric-must-not-regress";
    private const int MostShown = 20;

    public static Command Create(Session session)
    {
        var paths = new Argument<string[]>("PATH")
        {
            Description = "The folder of a good run, as check takes it, or a JSON report of one. Several are several runs of the same model: how far they differ becomes the tolerance. Without one: the current folder.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var output = new Option<string>("--output", "-o") { Description = "The baseline. Where it is there, it moves forward only: a number that is better stays, and a worse one is refused.", HelpName = "FILE", Required = true };
        var config = new Option<string?>("--config") { Description = "The configuration to use for each PATH.", HelpName = "FILE" };
        var accept = new Option<bool>("--accept") { Description = "Write the baseline anew: also from runs that failed, and where numbers are worse than they were." };
        var overwrite = OverwriteOption.Create();
        var jobs = JobsOption.Create();
        var limit = LimitOption.Create();
        var command = new Command("baseline", "Writes what good runs measured to a file, with which check compares later ones.") { paths, output, config, accept, overwrite, jobs, limit };
        command.SetAction(parsed => Run(
            session,
            parsed.GetValue(paths) is { Length: > 0 } named ? named : ["."],
            parsed.GetValue(config),
            parsed.GetValue(output)!,
            parsed.GetValue(accept),
            parsed.GetValue(overwrite),
            JobsOption.Check(parsed.GetValue(jobs)),
            parsed.GetValue(limit) ?? []));
        return command;
    }

    private static int Run(Session session, string[] paths, string? config, string output, bool accept, bool overwrite, int jobs, string[] limits)
    {
        var name = SafeText.From(output);
        WrittenFile.RequireOwn(output, name, overwrite);
        if (paths.GroupBy(p => Path.TrimEndingDirectorySeparator(Path.GetFullPath(p)), StringComparer.Ordinal).FirstOrDefault(g => g.Skip(1).Any()) is { } several)
        {
            throw new UsageException(SafeText.Of($"{several.First()} is named {several.Count()} times: naming the same run twice says nothing about the spread"));
        }

        var budgeted = LimitOption.Apply(ReadLimits.Default, limits);
        var before = !accept && File.Exists(output) && new FileInfo(output).Length > 0 ? BaselineFile.Read(output, budgeted, session.Cancellation).Content : null;
        using var models = new ModelRunFolder(Environment.GetEnvironmentVariable);
        var options = new Dictionary<string, MetricMustNotRegress.Options>(StringComparer.Ordinal);
        RunRecord[] runs;
        using (var progress = ProgressLine.OnTerminal(session))
        {
            runs = [.. paths.Select(p => Record(session, p, config, jobs, limits, models, options, progress))];
        }

        foreach (var (path, run) in paths.Zip(runs).Where(r => !accept && r.Second.Verdict != Verdict.Passed))
        {
            session.Error.WriteLine(SafeText.Of($"modelgate: {path} {(run.Verdict == Verdict.Failed ? "failed" : "could not be judged")} and cannot serve as a baseline: see modelgate check {path}; --accept takes it nevertheless").Value);
        }

        if (!accept && runs.Any(r => r.Verdict != Verdict.Passed))
        {
            return runs.Any(r => r.Verdict == Verdict.Failed) ? ExitCode.Failed : ExitCode.CouldNotJudge;
        }

        var after = BaselineReduction.Of(runs);
        var numbers = after.Models.Sum(m => m.Values.Count);
        if (numbers == 0)
        {
            throw new UsageException(SafeText.Of($"{string.Join(", ", paths)}: nothing was measured that has a better direction"));
        }

        if (after.Models.SelectMany(m => m.Values.GroupBy(v => (v.Signal, v.Subject.Value))).FirstOrDefault(g => g.Skip(1).Any()) is { } different)
        {
            throw new UsageException(SafeText.Of($"the runs measured {different.Key.Signal} of {different.First().Subject} by different definitions: judge them all with one version of ModelGate"));
        }

        var ratchet = before is null ? null : BaselineRatchet.Of(before, after, m => options.GetValueOrDefault(m.Value) ?? new MetricMustNotRegress.Options())
            ?? throw new UsageException(SafeText.Of($"{name} has none of these models; it has {SafeText.Join(", ", before.Models.Select(m => m.Name.IsEmpty ? SafeText.Of($"one without a name") : m.Name))}. It is left as it is; --accept writes it anew"));
        if (ratchet is { Worse: { Count: > 0 } worse })
        {
            session.Error.WriteLine(SafeText.Of($"modelgate: {SafeText.Count(worse.Count, "number")} of {ratchet.Compared} {SafeText.From(worse.Count == 1 ? "is" : "are")} worse than in {name}, which is left as it is; --accept writes it anew").Value);
            foreach (var sentence in worse.Take(MostShown))
            {
                session.Error.WriteLine(SafeText.Of($"  {sentence}").Value);
            }

            return ExitCode.Failed;
        }

        WrittenFile.Replace(output, stream => BaselineJson.Write(ratchet?.Result ?? after, stream), name);
        session.Output.WriteLine(SafeText.Of($"{name}: {SafeText.Count(numbers, "number")} of {SafeText.Count(after.Models.Count, "model")} from {SafeText.Count(runs.Length, "run")}{(ratchet is null ? SafeText.Empty : ratchet.Moved)}").Value);
        if (runs.Length == 1)
        {
            session.Output.WriteLine("A single run has no spread, so the gate's option relative is the tolerance. Name several runs to measure the spread.");
        }

        return ExitCode.Passed;
    }

    private static RunRecord Record(Session session, string path, string? config, int jobs, string[] limits, ModelRunFolder models, Dictionary<string, MetricMustNotRegress.Options> options, IProgress<ReadProgress>? progress)
    {
        if (File.Exists(path))
        {
            using var file = OpenedFile.Open(path);
            using var budget = new ReadBudget(LimitOption.Apply(ReadLimits.Default, limits), session.Cancellation);
            return file.Read(ArtifactRole.Baseline, budget) is RunReport report ? report.Record : throw new UsageException(SafeText.Of($"{path} is neither a folder nor a JSON report"));
        }

        // The gate that compares with the baseline has no part in making it.
        var located = PlanLocation.Of([path], config);
        string NameOf(EvaluationPlan plan) => located.Count == 1 ? "" : BaselineFile.NameOf(path, plan.Folder);
        foreach (var plan in located.Where(p => p.Gates.Any(g => g.Gate.Name == Gate)))
        {
            options[NameOf(plan)] = (MetricMustNotRegress.Options)plan.Gates.First(g => g.Gate.Name == Gate).Options;
        }

        var plans = located.Select(p => p with { Day = DayOption.Of(null, Environment.GetEnvironmentVariable, TimeProvider.System), Jobs = jobs, ModelRuns = models, Limits = LimitOption.Apply(p.Limits, limits), Progress = progress, Gates = [.. p.Gates.Where(g => g.Gate.Name != Gate)] }).ToArray();
        var records = plans.Select(p => Evaluator.Run(p, cancellation: session.Cancellation)).ToArray();
        return records is [var only] ? only : RunRecord.Join([.. records.Zip(plans, (record, plan) => record.In(SafeText.From(NameOf(plan))))]);
    }
}

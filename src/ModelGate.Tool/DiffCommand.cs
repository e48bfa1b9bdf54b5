using System.CommandLine;
using ModelGate.Architecture.Comparison;
using ModelGate.Architecture.Keys;
using ModelGate.Architecture.Remapping;
using ModelGate.Artifacts;
using ModelGate.Bytes;
using ModelGate.Configuration;
using ModelGate.Faults;
using ModelGate.Gates;
using ModelGate.Reports;
using ModelGate.Runs;

namespace ModelGate.Tool;

/// <summary><c>modelgate diff</c>: what differs between two models, why, and how to fix it; or what changed between two reports.</summary>
internal static class DiffCommand
{
    public static Command Create(Session session)
    {
        var left = new Argument<string>("LEFT") { Description = "What there is: a checkpoint, a key manifest, or an earlier JSON report." };
        var right = new Argument<string>("RIGHT") { Description = "What is expected: a key manifest, a checkpoint, or a later JSON report." };
        var format = new Option<string>("--format") { Description = "What to print: console or json.", HelpName = "FORMAT", DefaultValueFactory = _ => ConsoleReport.FormatName };
        var mapping = new Option<string?>("--write-mapping") { Description = "Write the proposed mapping to a file, for modelgate remap.", HelpName = "FILE" };
        var stateDict = StateDictOption.Create();
        var overwrite = OverwriteOption.Create();
        var limit = LimitOption.Create();
        var command = new Command("diff", "Says how two models differ, why, and how to fix it; or which results changed between two reports.") { left, right, format, mapping, overwrite, stateDict, limit };
        command.SetAction(parsed => Run(
            session, parsed.GetValue(left)!, parsed.GetValue(right)!, parsed.GetValue(format)!, parsed.GetValue(mapping), parsed.GetValue(overwrite), parsed.GetValue(stateDict),
            LimitOption.Apply(ReadLimits.Default, parsed.GetValue(limit) ?? [])));
        return command;
    }

    private static int Run(Session session, string left, string right, string format, string? mapping, bool overwrite, string? stateDict, ReadLimits limits)
    {
        if (format is not (ConsoleReport.FormatName or "json"))
        {
            throw new UsageException(SafeText.Of($"diff cannot print \"{format}\"; it prints console or json"));
        }

        if (mapping is not null)
        {
            WrittenFile.RequireOwn(mapping, SafeText.From(mapping), overwrite);
        }

        using var a = OpenedFile.Open(left);
        using var b = OpenedFile.Open(right);
        using var budget = new ReadBudget(limits, session.Cancellation);
        try
        {
            // Keys are wanted: a manifest with a slip is one, and no file of numbers by name.
            var (first, second) = (a.Read(ArtifactRole.Architecture, budget), b.Read(ArtifactRole.Architecture, budget));
            return (first, second) switch
            {
                (RunReport before, RunReport after) => Reports(session, (left, before.Record), (right, after.Record), format, mapping),
                (RunReport, _) or (_, RunReport) => throw new UsageException(
                    SafeText.Of($"{(first is RunReport ? left : right)} is a report and {(first is RunReport ? right : left)} is not; diff compares two reports or two models")),
                _ => StateDictOption.Apply(stateDict, (left, first), (right, second)) is [var there, var expected]
                    ? Models(session, (left, there), (right, expected), format, mapping, stateDict, budget)
                    : throw new InvalidOperationException(),
            };
        }
        catch (ArtifactFault fault)
        {
            throw new UsageException(SafeText.Of($"{left} and {right} cannot be compared: {fault.SentenceWithAdvice()}"));
        }
        catch (SourceUnavailableException fault)
        {
            throw new UsageException(SafeText.Of($"{left} and {right} cannot be compared: {fault.Sentence}"));
        }
    }

    private static int Models(Session session, (string Path, Artifact Artifact) left, (string Path, Artifact Artifact) right, string format, string? mappingFile, string? stateDict, ReadBudget budget)
    {
        var (a, b) = (left.Artifact, right.Artifact);
        if ((Keyless(left.Path, a) ?? Keyless(right.Path, b)) is { } problem)
        {
            throw new UsageException(problem);
        }

        var difference = budget.Timed(() => ModelDifference.Of(a, b, budget.Cancellation)!);
        var mapping = mappingFile is null ? KeyMapping.None : KeyMapping.Of(difference.Diagnosis.Mapped);
        if (mappingFile is not null && !mapping.IsEmpty)
        {
            WrittenFile.Replace(mappingFile, stream => KeyMappingJson.Write(mapping, difference.Keys.Right, stream));
        }

        if (format == "json")
        {
            session.Write(stream => ModelDifferenceJson.Write(difference, SafeText.From(left.Path), SafeText.From(right.Path), stream));
        }
        else
        {
            session.Show(console => ConsoleDifference.Write(difference, left.Path, right.Path, console));
        }

        if (mappingFile is not null)
        {
            Tell(session, format, mapping.IsEmpty
                ? SafeText.Of($"no mapping is proposed, so {mappingFile} is not written")
                : SafeText.Of($"the mapping is in {mappingFile}: modelgate remap {left.Path}{(stateDict is null ? "" : " --state-dict " + stateDict)} --mapping {mappingFile} --output FILE.safetensors"));
            if (!mapping.IsEmpty && format != "json")
            {
                session.Output.WriteLine("In Python, remap(state_dict, \"" + SafeText.From(mappingFile) + "\") with:\n");
                session.Output.WriteLine(PythonSnippet.Text);
            }
        }

        return difference.Differs ? ExitCode.Failed : ExitCode.Passed;
    }

    private static int Reports(Session session, (string Path, RunRecord Record) left, (string Path, RunRecord Record) right, string format, string? mapping)
    {
        if (mapping is not null)
        {
            throw new UsageException(SafeText.Of($"--write-mapping wants two models, and {left.Path} is a report"));
        }

        var comparison = ReportComparison.Of(left.Record, right.Record);
        if (format == "json")
        {
            session.Write(stream => ReportComparisonJson.Write(comparison, SafeText.From(left.Path), SafeText.From(right.Path), stream));
        }
        else
        {
            session.Show(console => ConsoleReportComparison.Write(comparison, console));
        }

        return comparison.Differs ? ExitCode.Failed : ExitCode.Passed;
    }

    private static SafeText? Keyless(string path, Artifact artifact) => (ModelKeys.Of(artifact), artifact) switch
    {
        ({ Count: > 0 }, _) => null,
        (_, Checkpoint) => SafeText.Of($"{path} holds no state_dict: there are no keys to compare"),
        _ => SafeText.Of($"{path} is {artifact.Format}, which states no keys: a checkpoint or a key manifest does"),
    };

    // With a machine's format on standard output, people's text goes to standard error.
    private static void Tell(Session session, string format, SafeText sentence) => (format == "json" ? session.Error : session.Output).WriteLine(sentence.Value);
}

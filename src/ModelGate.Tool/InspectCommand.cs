using System.CommandLine;
using System.Text;
using ModelGate.Architecture.Outlines;
using ModelGate.Artifacts;
using ModelGate.Bytes;
using ModelGate.Configuration;
using ModelGate.Evaluation;
using ModelGate.Faults;
using ModelGate.Gates;
using ModelGate.Reports;
using ModelGate.Runs;
using ModelGate.Signals.Weights;

namespace ModelGate.Tool;

/// <summary><c>modelgate inspect</c>: says what a file is and what it holds, and judges nothing.</summary>
internal static class InspectCommand
{
    public static Command Create(Session session)
    {
        var file = new Argument<string>("FILE") { Description = "The file to inspect; its format is found by content." };
        var format = new Option<string>("--format") { Description = "What to print: console or json.", HelpName = "FORMAT", DefaultValueFactory = _ => ConsoleReport.FormatName };
        var stats = new Option<bool>("--stats") { Description = "Read every weight: NaN, infinity, min, max, mean, standard deviation." };
        var outline = new Option<bool>("--outline") { Description = "Print the network that the weights are, as PyTorch modules to paste." };
        var limit = LimitOption.Create();
        var command = new Command("inspect", "Says what a file is and what it holds, without running any of it. It judges nothing: exit code 0 where the file could be read; check judges.") { file, format, stats, outline, limit };
        command.SetAction(parsed => parsed.GetValue(outline)
            ? Outline(session, parsed.GetValue(file)!, parsed.GetValue(format)!, parsed.GetValue(stats), LimitOption.Apply(ReadLimits.Default, parsed.GetValue(limit) ?? []))
            : Run(
            session, parsed.GetValue(file)!, parsed.GetValue(format)!, parsed.GetValue(stats),
            LimitOption.Apply(ReadLimits.Default, parsed.GetValue(limit) ?? [])));
        return command;
    }

    private static int Run(Session session, string path, string format, bool stats, ReadLimits limits)
    {
        if (format is not (ConsoleReport.FormatName or "json"))
        {
            throw new UsageException(SafeText.Of($"inspect cannot print \"{format}\"; it prints console or json"));
        }

        using var file = OpenedFile.Open(path);
        using var progress = ProgressLine.OnTerminal(session);
        IByteSource source = progress is null ? file.Source : new WatchedByteSource(file.Source, path, progress);
        using var budget = new ReadBudget(limits, session.Cancellation);
        var inspection = Inspection.Of(path, source, budget, file.Folder);
        try
        {
            if (format == "json")
            {
                session.Write(stream => budget.Timed(() =>
                {
                    InspectionJson.Write(inspection, stream, stats, budget.Cancellation);
                    return stream;
                }));
            }
            else
            {
                var measured = stats ? budget.Timed(() => Measure(inspection, budget.Cancellation)) : null;
                progress?.Dispose();
                session.Show(console => ConsoleInspection.Write(inspection, console, measured));
            }
        }
        catch (ArtifactFault fault)
        {
            throw new UsageException(SafeText.Of($"{path} cannot be read to the end: {fault.SentenceWithAdvice()}"));
        }

        return inspection.Artifact is null ? ExitCode.CouldNotJudge : ExitCode.Passed;
    }

    private static int Outline(Session session, string path, string format, bool stats, ReadLimits limits)
    {
        if (format != ConsoleReport.FormatName || stats)
        {
            throw new UsageException(SafeText.Of($"inspect --outline prints Python and nothing beside it: leave out {(stats ? "--stats" : "--format")}"));
        }

        using var file = OpenedFile.Open(path);
        using var budget = new ReadBudget(limits, session.Cancellation);
        try
        {
            // Keys are wanted: a manifest with a slip is one.
            var artifact = file.Read(ArtifactRole.Architecture, budget);
            var text = budget.Timed(() => OutlineDocument.Of(artifact, Path.GetFileName(path), budget.Cancellation));
            session.Write(stream => stream.Write(Encoding.UTF8.GetBytes(text)));
            return ExitCode.Passed;
        }
        catch (OutlineException fault)
        {
            throw new UsageException(SafeText.Of($"{path} has no outline: {fault.Sentence}"));
        }
        catch (ArtifactFault fault)
        {
            throw new UsageException(SafeText.Of($"{path} has no outline: {fault.SentenceWithAdvice()}"));
        }
    }

    // All of it before the first line is written, so that the bar and the lines do not mix.
    private static Dictionary<TensorEntry, TensorStatistics?> Measure(Inspection inspection, CancellationToken cancellation)
    {
        var tensors = (inspection.Artifact as Checkpoint)?.Tensors ?? [];
        var measured = new Dictionary<TensorEntry, TensorStatistics?>(ReferenceEqualityComparer.Instance);
        foreach (var (tensor, statistics) in tensors.Zip(TensorStatistics.MeasureAll(tensors, cancellation)))
        {
            measured[tensor] = statistics;
        }

        return measured;
    }
}

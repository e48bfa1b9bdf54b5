using ModelGate.Runs;
using ModelGate.Signals.Running;

namespace ModelGate.Evaluation.Causes;

/// <summary>An export that sounds sick where its checkpoint speaks: the export is at fault.</summary>
internal sealed class ExportDiffersFromItsCheckpoint : CauseRule
{
    private const string Copies = "MG8003";
    private const string Acting = "MG8005";

    private static readonly string[] Sound = [Copies, "MG5001", "MG5010"];

    /// <inheritdoc/>
    public override Cause? Of(RunEvidence run)
    {
        var copies = run.Failed(Copies).FirstOrDefault(Speaks);
        var acts = run.Failed(Acting).FirstOrDefault(r => copies is null || r.Artifact == copies.Artifact);
        var sick = copies ?? Sound.SelectMany(run.Failed).FirstOrDefault();
        if (sick is null || (copies is null && acts is null))
        {
            return null;
        }

        var export = (acts ?? copies)!.Artifact;
        var measured = acts is null ? null : RunEvidence.Find(acts, ExportDifference.Info)?.Observed;
        var apart = measured is { } decibels ? SafeText.Of($", from whose output its own differs by {decibels:0.0} dB") : SafeText.Empty;
        var early = Reason.EarlyCheckpoint(run);
        var why = early is not null ? SafeText.Of($": {early.Sentence}") : SafeText.Empty;
        return Because(
            copies is not null
                ? SafeText.Of($"the export is at fault, not the training: {export} cannot say its own recordings again, and its checkpoint can{apart}{why}")
                : SafeText.Of($"the export is at fault: {export} does not act like its checkpoint{apart}, and what was heard of it is sick{why}"),
            [.. new[] { copies?.Gate.Id, acts?.Gate.Id, copies is null ? sick.Gate.Id : null, early?.Gate }.OfType<string>()]);
    }

    /// <summary>Whether the final checkpoint made good copies where the export's failed.</summary>
    public static bool Speaks(RunResult copies)
    {
        RunMeasurements(copies, out var distance, out var correlation);
        return distance is { Margin: >= 0 } && correlation is { Margin: >= 0 };
    }

    // Of the export's own copies the path is that of the result; the checkpoint's stand beside them.
    private static void RunMeasurements(RunResult copies, out Measurement? distance, out Measurement? correlation)
    {
        var others = copies.Measurements.Where(m => m.Subject.IsEmpty && m.Required is not null && m.Path != copies.Artifact && !m.Path.IsEmpty).ToArray();
        distance = others.FirstOrDefault(m => m.Signal == CopyDistance.Info.Name);
        correlation = others.FirstOrDefault(m => m.Signal == CopyCorrelation.Info.Name);
    }
}

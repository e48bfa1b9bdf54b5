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
        var copies = run.Failed(Copies).FirstOrDefault(r => Speaks(r) == true);

        // Where the checkpoint says its recordings no better, the export may differ and is not why it sounds sick.
        var acts = run.Failed(Acting).FirstOrDefault(r => copies is null ? !run.Failed(Copies).Any(c => c.Artifact == r.Artifact && Speaks(c) == false) : r.Artifact == copies.Artifact);
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
                ? SafeText.Of($"the export is at fault, not the training: {export} cannot reproduce its own recordings, and its checkpoint can{apart}{why}")
                : SafeText.Of($"the export is at fault: {export} does not act like its checkpoint{apart}, and what was heard of it is sick{why}"),
            [.. new[] { copies?.Gate.Id, acts?.Gate.Id, copies is null ? sick.Gate.Id : null, early?.Gate }.OfType<string>()]);
    }

    /// <summary>Whether the final checkpoint made good copies where the export's failed; null where it was not tried.</summary>
    public static bool? Speaks(RunResult copies)
    {
        // Of the export's own copies those have a limit that are of no part; what the checkpoint made has its path for one.
        var checkpoint = copies.Measurements.Where(m => !m.Subject.IsEmpty && m.Required is not null).ToArray();
        return checkpoint.Length == 0 ? null : checkpoint.All(m => m.Margin >= 0);
    }
}

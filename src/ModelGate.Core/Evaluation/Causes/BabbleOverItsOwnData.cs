using ModelGate.Runs;
using ModelGate.Signals.Running;

namespace ModelGate.Evaluation.Causes;

/// <summary>A model that loads strictly, runs, and cannot say its own data set again was trained on other data: its features, not its export and not its weights, are at fault.</summary>
internal sealed class BabbleOverItsOwnData : CauseRule
{
    private const string Loading = "MG8001";
    private const string Running = "MG8002";
    private const string Copies = "MG8003";
    private const string Likeness = "MG5010";
    private const string Acting = "MG8005";
    private const string Features = "MG6007";
    private const string Loss = "MG4001";

    // With one of these wrong the model is sick for a reason that is known.
    private static readonly string[] Sound = ["MG1001", "MG2001", "MG3001", "MG3002", Loss, "MG5001", Loading, Running, Acting];

    /// <inheritdoc/>
    public override Cause? Of(RunEvidence run)
    {
        var babbles = run.Failed(Copies).FirstOrDefault();
        if (babbles is null || !run.Has(ArtifactRole.Features) || Sound.Any(g => run.Failed(g).Any()) || Spoken(babbles) is not { } how || ExportDiffersFromItsCheckpoint.Speaks(babbles) == true)
        {
            return null;
        }

        var loads = run.Passed(Loading).Any(r => r.Artifact == babbles.Artifact);
        var runs = run.Passed(Running).Any(r => r.Artifact == babbles.Artifact);
        if (!loads || !runs)
        {
            return null;
        }

        // The copies are outputs as well, and other words than the recordings' are what this gate finds in them.
        string[] heard = run.Failed(Likeness).Any() ? [Copies, Likeness] : [Copies];
        var told = SafeText.Of($"{babbles.Artifact} loads strictly and runs, and says something other than its own recordings ({how})");
        return run.Failed(Features).Any()
            ? Because(SafeText.Of($"{told}: features are not those of their recordings, and it has learned to babble"), [.. heard, Features])
            : !run.Looked(Loss)
            ? Because(SafeText.Of($"{told}: the data that it was trained on is at fault, or it was trained too briefly; loss-must-converge and features-must-belong-to-their-audio tell which"), heard)
            : Because(
                run.Looked(Features)
                    ? SafeText.Of($"{told}, whose features are their own: it was trained on other data than lies here, or with features that belonged to other recordings")
                    : SafeText.Of($"{told}: the data that it was trained on is at fault, not the export; features-must-belong-to-their-audio tells whether the features are those of their recordings"),
                heard);
    }

    // A distance alone may be a rough voice; what is not said over time is babble.
    private static SafeText? Spoken(RunResult result)
        => RunEvidence.Find(result, CopyCorrelation.Info) is { Observed: { } correlation, Required: { } required } && !required.IsMetBy(correlation)
            ? SafeText.Of($"correlation {correlation:0.00} of the mel bands, at least {NumberText.OfLimit(required.Limit)} is a copy")
            : null;
}

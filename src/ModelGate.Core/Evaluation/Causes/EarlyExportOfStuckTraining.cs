using ModelGate.Runs;

namespace ModelGate.Evaluation.Causes;

/// <summary>Where the export is an early checkpoint and the loss did not converge either, exporting again is not enough.</summary>
internal sealed class EarlyExportOfStuckTraining : CauseRule
{
    /// <inheritdoc/>
    public override Cause? Of(RunEvidence run)
        => Reason.EarlyCheckpoint(run) is { } early && Reason.StuckLoss(run) is { } stuck
            ? Because(SafeText.Of($"{Reason.List([early, stuck])}: exporting the final checkpoint alone will not fix it"), [early.Gate, stuck.Gate])
            : null;
}

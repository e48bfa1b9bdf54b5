using ModelGate.Runs;
using ModelGate.Signals.Weights;

namespace ModelGate.Evaluation.Causes;

/// <summary>The loss stagnates or diverges, and the layers are unlike those of a model that works.</summary>
internal sealed class GrownWeights : CauseRule
{
    private const string Resemble = "MG3004";

    /// <inheritdoc/>
    public override Cause? Of(RunEvidence run)
        => Reason.StuckLoss(run) is { } stuck && run.Failed(Resemble).FirstOrDefault(IsUnlike) is { Findings: [.., var last] }
            ? Because(SafeText.Of($"{stuck.Sentence}, and {last.Message}"), [stuck.Gate, Resemble])
            : null;

    // Other names or another length of config say nothing of a training.
    private static bool IsUnlike(RunResult result)
        => RunEvidence.Find(result, UnlikeLayers.Info) is { Observed: { } share, Required: { } required } && !required.IsMetBy(share)
            && RunEvidence.Find(result, UnlikeKeys.Info)?.Observed == 0;
}

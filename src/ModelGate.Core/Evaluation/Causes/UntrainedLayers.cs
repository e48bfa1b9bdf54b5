using ModelGate.Runs;

namespace ModelGate.Evaluation.Causes;

/// <summary>The loss stagnates while layers of the model are still those of the pretrained start: no gradient reaches them.</summary>
internal sealed class UntrainedLayers : CauseRule
{
    private const string Moved = "MG3003";

    /// <inheritdoc/>
    public override Cause? Of(RunEvidence run)
        => Reason.StuckLoss(run) is { } stuck && run.Failed(Moved).FirstOrDefault() is { Findings: [var first, ..] }
            ? Because(SafeText.Of($"{stuck.Sentence}, and {first.Message}"), [stuck.Gate, Moved])
            : null;
}

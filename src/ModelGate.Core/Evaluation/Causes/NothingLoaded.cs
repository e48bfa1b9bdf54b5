using ModelGate.Runs;

namespace ModelGate.Evaluation.Causes;

/// <summary>The loss stagnates because training was to start from a pretrained model and did not.</summary>
internal sealed class NothingLoaded : CauseRule
{
    private const string Loaded = "MG4004";

    /// <inheritdoc/>
    public override Cause? Of(RunEvidence run)
        => Reason.StuckLoss(run) is { } stuck && run.Failed(Loaded).FirstOrDefault() is { Findings: [var first, ..] }
            ? Because(SafeText.Of($"{stuck.Sentence} because the pretrained model did not load: {first.Message}"), [stuck.Gate, Loaded])
            : null;
}

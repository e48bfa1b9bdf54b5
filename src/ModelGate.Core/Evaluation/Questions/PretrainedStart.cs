using ModelGate.Evaluation.Causes;
using ModelGate.Runs;

namespace ModelGate.Evaluation.Questions;

/// <summary>Whether training started from a pretrained model, and whether that loaded: by the log, and by the weights.</summary>
internal sealed class PretrainedStart : RunQuestion
{
    /// <inheritdoc/>
    protected override string Question => "Did it start from a pretrained model, and did that load?";

    /// <inheritdoc/>
    protected override (SafeText Sentence, AnswerState State) Find(RunEvidence run)
        => Told(run, "MG4004", "MG3003") is var (sentence, state)
            ? (SafeText.Of($"{SafeText.From(state == AnswerState.Good ? "Yes" : "No")}: {sentence}."), state)
            : (SafeText.Of($"The log does not say that anything was loaded, and no file is named as the start: name it in the role pretrained, and the weights will show it."), AnswerState.Unknown);
}

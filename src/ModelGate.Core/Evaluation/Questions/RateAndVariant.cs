using ModelGate.Evaluation.Causes;
using ModelGate.Runs;

namespace ModelGate.Evaluation.Questions;

/// <summary>Whether the model is what it says of itself: sample rate, version, and the network's sizes.</summary>
internal sealed class RateAndVariant : RunQuestion
{
    /// <inheritdoc/>
    protected override string Question => "Do the sample rate and the variant of the network fit?";

    /// <inheritdoc/>
    protected override (SafeText Sentence, AnswerState State) Find(RunEvidence run)
        => Told(run, "MG1003", "MG1001", "MG5007") is var (sentence, state)
            ? (SafeText.Of($"{SafeText.From(state == AnswerState.Good ? "Yes" : "No")}: {sentence}."), state)
            : (SafeText.Of($"No model here states what it is, and no architecture is named to compare it with."), AnswerState.Unknown);
}

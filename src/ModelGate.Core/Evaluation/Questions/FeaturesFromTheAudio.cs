using ModelGate.Evaluation.Causes;
using ModelGate.Runs;

namespace ModelGate.Evaluation.Questions;

/// <summary>Whether the features that it was trained on are those of its recordings.</summary>
internal sealed class FeaturesFromTheAudio : RunQuestion
{
    private const string Belong = "MG6007";

    /// <inheritdoc/>
    protected override string Question => "Did the features come from this audio?";

    /// <inheritdoc/>
    /// <remarks>A vocoder learns from the recording itself.</remarks>
    public override bool IsAsked(RunEvidence run)
        => run.Of(Belong).Any() || run.Looked("MG6001") || run.Looked("MG6002") || run.Of("MG4001").SelectMany(r => r.Measurements).Any(m => RunEvidence.IsBehindThePosterior(m.Subject));

    /// <inheritdoc/>
    protected override (SafeText Sentence, AnswerState State) Find(RunEvidence run)
    {
        // That the folders line up does not say that what is in them belongs together.
        if (Told(run, Belong, "MG6001", "MG6002") is var (sentence, state) && (state == AnswerState.Bad || run.Passed(Belong).Any()))
        {
            return (SafeText.Of($"{SafeText.From(state == AnswerState.Good ? "Yes" : "No")}: {sentence}."), state);
        }

        return run.Has(ArtifactRole.Features) && run.Of(Belong).FirstOrDefault() is { } open
            ? (SafeText.Of($"Not known: {open.Message}."), AnswerState.Unknown)
            : (SafeText.Of($"Not known: the data set is not here. Name its folders in the roles features and recordings."), AnswerState.Unknown);
    }
}

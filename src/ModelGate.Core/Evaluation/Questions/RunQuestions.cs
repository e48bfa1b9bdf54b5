using ModelGate.Evaluation.Causes;
using ModelGate.Runs;

namespace ModelGate.Evaluation.Questions;

/// <summary>What is asked of every training run that came out sick, in the order in which people ask.</summary>
internal static class RunQuestions
{
    private static readonly RunQuestion[] All = [new LongEnough(), new PretrainedStart(), new RateAndVariant(), new FeaturesFromTheAudio(), new LevelOfDone()];

    /// <summary>The answers; none where no gate looked at a training.</summary>
    public static IReadOnlyList<Answer> Answer(IReadOnlyList<RunResult> results, IReadOnlyList<RunArtifact> artifacts)
    {
        var run = new RunEvidence(results, artifacts);
        var isTraining = results.Any(r => r.Outcome is Outcome.Passed or Outcome.Failed && (r.Gate.Id.StartsWith("MG2", StringComparison.Ordinal) || r.Gate.Id.StartsWith("MG4", StringComparison.Ordinal)));
        return isTraining ? [.. All.Where(q => q.IsAsked(run)).Select(q => q.Answer(run))] : [];
    }
}

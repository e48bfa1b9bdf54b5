using ModelGate.Runs;
using ModelGate.Signals.Audio;
using ModelGate.Signals.Weights;

namespace ModelGate.Evaluation.Causes;

/// <summary>The output is silent, or holds NaN itself, because the weights that made it are NaN.</summary>
internal sealed class SilentGenerator : CauseRule
{
    private const string Weights = "MG3001";
    private const string Flatness = "MG5001";
    private const string Silence = "MG5005";
    private const string Samples = "MG5016";

    /// <inheritdoc/>
    public override Cause? Of(RunEvidence run)
    {
        if (Silent(run) is not { } silent || Broken(run) is not { } broken)
        {
            return null;
        }

        var nan = RunEvidence.Find(broken, NanWeights.Info)?.Observed ?? 0;
        return Because(
            SafeText.Of($"{silent.Sentence} because the generator is broken: {broken.Artifact} holds {nan:0} NaN, and one of them makes every sample NaN{SafeText.From(silent.Gate == Samples ? "" : ", which is written as silence")}"),
            [silent.Gate, Weights]);
    }

    // Flatness cannot be told of silence: that gate is then inconclusive, and its share of active frames is zero.
    private static Reason? Silent(RunEvidence run)
        => run.Failed(Silence).FirstOrDefault() is { } silent ? new Reason(Silence, SafeText.Of($"{silent.Artifact} is silent"))
            : run.Failed(Samples).FirstOrDefault() is { } broken ? new Reason(Samples, SafeText.Of($"{broken.Artifact} holds samples that are not finite"))
            : run.Of(Flatness).FirstOrDefault(r => r.Outcome == Outcome.Inconclusive && RunEvidence.Find(r, ActiveFrames.Info)?.Observed == 0) is { } still ? new Reason(Flatness, SafeText.Of($"{still.Artifact} is silent"))
            : null;

    // The model where there is one: what it was exported from says nothing of the sound otherwise.
    private static RunResult? Broken(RunEvidence run)
    {
        var failed = run.Failed(Weights).Where(r => RunEvidence.Find(r, NanWeights.Info)?.Observed > 0).ToArray();
        var models = run.Of(Weights).Where(r => run.IsOf(r, ArtifactRole.Model)).ToArray();
        return models.Length > 0 ? failed.FirstOrDefault(models.Contains) : failed.MaxBy(r => run.StepOf(r.Artifact) ?? 0);
    }
}

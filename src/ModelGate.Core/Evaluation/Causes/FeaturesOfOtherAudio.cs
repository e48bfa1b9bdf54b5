using ModelGate.Runs;
using ModelGate.Signals.Curves;
using ModelGate.Signals.Data;

namespace ModelGate.Evaluation.Causes;

/// <summary>Features and audio do not line up: the loss stagnates for it, or looks well and says nothing of it.</summary>
/// <remarks>
/// The mel loss of VITS and its children measures the decoder behind the posterior encoder, which hears the true recording (Kim et al. 2021, section 2): a model whose features belong to other recordings
/// reconstructs as well as any, and babbles when it converts.
/// </remarks>
internal sealed class FeaturesOfOtherAudio : CauseRule
{
    private const string Loss = "MG4001";
    private const string Likeness = "MG5010";
    private const string Features = "MG6007";

    private static readonly string[] Folders = ["MG6001", "MG6002"];

    /// <inheritdoc/>
    public override Cause? Of(RunEvidence run)
    {
        var loss = run.Of(Loss).FirstOrDefault(r => r.Outcome is Outcome.Passed or Outcome.Failed);
        var apart = Apart(run);
        if (apart is not null && loss is { Outcome: Outcome.Failed })
        {
            return Reason.StuckLoss(run) is { } stuck
                ? Because(SafeText.Of($"{stuck.Sentence} because features and audio do not line up: {apart.Sentence}; longer training will not fix it"), [stuck.Gate, apart.Gate])
                : null;
        }

        var unlike = run.Failed(Likeness).FirstOrDefault();
        var heard = unlike is null ? SafeText.Empty : SafeText.Of($", and {unlike.Artifact} does not say what it should");
        string[] sound = unlike is null ? [] : [Likeness];
        if (loss is { Outcome: Outcome.Passed } && Level(loss) is { } level)
        {
            if (apart is { Gate: Features })
            {
                return Because(SafeText.Of($"{apart.Sentence}{heard}: the model has learned to babble, and {level}, because that loss hears the true recording"), [Features, .. sound]);
            }

            // Without the data set the rest of the chain has to be sound for the sentence to be true.
            if (unlike is not null && !run.Looked(Features) && run.Failed("MG1001").Concat(run.Failed("MG2001")).Concat(run.Failed("MG3001")).Concat(run.Failed("MG3002")).FirstOrDefault() is null)
            {
                return Because(
                    SafeText.Of($"{unlike.Message}; {level}, because that loss hears the true recording and cannot see features that belong to other recordings: hold the data set against its audio (roles features and recordings)"),
                    [Likeness]);
            }
        }

        return apart is { Gate: Features } && unlike is not null ? Because(SafeText.Of($"{apart.Sentence}{heard}"), [Features, Likeness]) : null;
    }

    private static Reason? Apart(RunEvidence run)
    {
        if (run.Failed(Features).FirstOrDefault() is { } failed && RunEvidence.Find(failed, FeatureFit.Info) is { Observed: { } fit, Required: { } chance })
        {
            var late = RunEvidence.Find(failed, FeatureLag.Info)?.Observed ?? 0;
            if (!chance.IsMetBy(fit))
            {
                return new Reason(Features, SafeText.Of($"features are not those of their recordings (they explain {fit:0.00} of the sound, and those of other recordings up to {chance.Limit:0.00})"));
            }

            if (late != 0 && failed.Findings.Count == 1)
            {
                return new Reason(Features, SafeText.Of($"features are {Math.Abs(late) * 1000:0} ms {SafeText.From(late > 0 ? "late" : "early")}"));
            }
        }

        return Folders.SelectMany(run.Failed).Select(r => new Reason(r.Gate.Id, r.Findings.Count > 0 ? r.Findings[0].Message : r.Message)).FirstOrDefault();
    }

    private static SafeText? Level(RunResult loss)
        => RunEvidence.Find(loss, LossLevel.Info) is { Observed: { } level, Required: var required } found && RunEvidence.IsBehindThePosterior(found.Subject)
            ? SafeText.Of($"{found.Subject} looks well all the same ({NumberText.Of(level)}{(required is null ? SafeText.Empty : SafeText.Of($", limit {NumberText.OfLimit(required.Limit)}"))})")
            : null;
}

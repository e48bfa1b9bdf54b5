using ModelGate.Evaluation.Causes;
using ModelGate.Runs;
using ModelGate.Signals.Curves;

namespace ModelGate.Evaluation.Questions;

/// <summary>What level of the run's loss means that it is done, and where it stands.</summary>
internal sealed class LevelOfDone : RunQuestion
{
    private const string Loss = "MG4001";

    /// <inheritdoc/>
    protected override string Question => "What level of the loss means done?";

    /// <inheritdoc/>
    protected override (SafeText Sentence, AnswerState State) Find(RunEvidence run)
    {
        // A curve that may still fall has no limit in the result that passed.
        var levels = run.Measured(Loss, LossLevel.Info).ToArray();
        if (levels.FirstOrDefault(l => l.Required is not null) is { Required: { } required, Observed: { } level } judged)
        {
            return (SafeText.Of($"{judged.Subject} at {NumberText.OfLimit(required.Limit)} or under; this run stands at {NumberText.Of(level)}."), required.IsMetBy(level) ? AnswerState.Good : AnswerState.Bad);
        }

        if (run.Of(Loss).FirstOrDefault(r => RunEvidence.Find(r, LossLevel.Info) is { Required: not null }) is { } broken)
        {
            var wanted = RunEvidence.Find(broken, LossLevel.Info)!;
            return (SafeText.Of($"{wanted.Subject} at {NumberText.OfLimit(wanted.Required!.Limit)} or under; this run has no level, because the loss is not finite."), AnswerState.Bad);
        }

        return levels.FirstOrDefault() is { } open
            ? (SafeText.Of($"No level is known for {open.Subject}, which stands at {NumberText.Of(open.Observed!.Value)}: take that of a run of the same trainer that worked, as the option ceiling."), AnswerState.Unknown)
            : (SafeText.Of($"There is no log that could tell."), AnswerState.Unknown);
    }
}

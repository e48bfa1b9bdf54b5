using ModelGate.Runs;
using ModelGate.Signals.Checkpoints;
using ModelGate.Signals.Curves;
using ModelGate.Signals.Keys;

namespace ModelGate.Evaluation.Causes;

/// <summary>Something that is wrong with a model or its training, in half a sentence that others are joined to.</summary>
/// <param name="Gate">The id of the gate that found it.</param>
/// <param name="Sentence">The half sentence.</param>
internal sealed record Reason(string Gate, SafeText Sentence)
{
    private const string Keys = "MG1001";
    private const string Export = "MG2001";
    private const string Loss = "MG4001";
    private const double FarAboveLowest = 1.25;

    /// <summary>The model lacks keys; null where it does not.</summary>
    public static Reason? KeysDoNotFit(RunEvidence run)
    {
        var result = run.Failed(Keys).FirstOrDefault();
        return result is not null && RunEvidence.Find(result, MissingKeys.Info)?.Observed is { } missing and > 0
            ? new Reason(Keys, SafeText.Of($"{result.Artifact} lacks {missing:0} expected keys, which a loader leaves as the model initializes them, untrained"))
            : null;
    }

    /// <summary>The export is an early checkpoint; null where it is not.</summary>
    public static Reason? EarlyCheckpoint(RunEvidence run)
    {
        var result = run.Failed(Export).FirstOrDefault();
        return result is not null && RunEvidence.Find(result, ExportedStep.Info) is { Observed: { } step, Required: { Relation: Relation.Equal, Limit: var final } } && step < final
            ? new Reason(Export, SafeText.Of($"{result.Artifact} holds step {step:0} of {final:0}"))
            : null;
    }

    /// <summary>The loss did not converge, for another reason than that it broke; null where it did.</summary>
    public static Reason? StuckLoss(RunEvidence run)
    {
        var stuck = run.Failed(Loss).Where(r => RunEvidence.Find(r, Convergence.Info)?.Text.Value is not ("not finite" or "frozen")).FirstOrDefault(r => RunEvidence.Find(r, LossMin.Info)?.Observed is not null);
        if (stuck is null || RunEvidence.Find(stuck, LossMin.Info) is not { Observed: { } lowest } found)
        {
            return null;
        }

        // Where it was low only in passing, where it stands says more.
        return RunEvidence.Find(stuck, LossLevel.Info)?.Observed is { } level && level > FarAboveLowest * lowest
            ? new Reason(Loss, SafeText.Of($"{found.Subject} stands at {NumberText.Of(level)}, after {lowest:0.###} at its best"))
            : new Reason(Loss, SafeText.Of($"{found.Subject} never fell under {lowest:0.###}"));
    }

    /// <summary>Several in one sentence.</summary>
    public static SafeText List(IReadOnlyList<Reason> reasons) => reasons.Count switch
    {
        1 => reasons[0].Sentence,
        _ => SafeText.Of($"{SafeText.Join(", ", reasons.SkipLast(1).Select(r => r.Sentence))}, and {reasons[^1].Sentence}"),
    };
}

using ModelGate.Runs;
using ModelGate.Signals;
using ModelGate.Signals.Audio;
using ModelGate.Signals.Checkpoints;
using ModelGate.Signals.Curves;
using ModelGate.Signals.Keys;

namespace ModelGate.Evaluation;

/// <summary>Joins the findings of several gates into what they come from. The rules are few and explicit: no rule, no claim.</summary>
/// <remarks>
/// 1. Output that is noise comes from what is wrong with the model that made it: keys that do not fit, an early checkpoint, a loss
///    that did not converge.
/// 2. Where the export is an early checkpoint and the loss did not converge either, exporting again is not enough.
/// A rule reads the gates' measurements, and is silent where one that it needs is not there.
/// </remarks>
internal static class RootCause
{
    private const string Keys = "MG1001";
    private const string Export = "MG2001";
    private const string Loss = "MG4001";
    private const string Flatness = "MG5001";

    /// <summary>The causes that the rules find, the most telling first.</summary>
    public static IReadOnlyList<Cause> Of(IReadOnlyList<RunResult> results)
    {
        var reasons = new[] { KeysDoNotFit(results), EarlyCheckpoint(results), LossDidNotConverge(results) }.OfType<Reason>().ToArray();
        if (Noise(results) is { } noise && reasons.Length > 0)
        {
            return [Join(SafeText.Of($"{noise.Sentence}: {List(reasons)}"), [noise, .. reasons])];
        }

        return reasons.Select(r => r.Gate).Intersect([Export, Loss]).Count() == 2
            ? [Join(SafeText.Of($"{List(reasons)}: exporting the final checkpoint alone will not fix it"), reasons)]
            : [];
    }

    private static Reason? Noise(IReadOnlyList<RunResult> results)
    {
        var worst = Failed(results, Flatness).Select(r => Find(r, OccupiedBandFlatness.Info)).OfType<Measurement>().MaxBy(m => m.Observed);
        return worst is { Observed: { } observed, Required: { } required } && !required.IsMetBy(observed)
            ? new Reason(Flatness, SafeText.Of($"spectral flatness {observed:0.00} (limit {NumberText.OfLimit(required.Limit)})"))
            : null;
    }

    private static Reason? KeysDoNotFit(IReadOnlyList<RunResult> results)
    {
        var result = Failed(results, Keys).FirstOrDefault();
        return result is not null && Find(result, MissingKeys.Info)?.Observed is { } missing and > 0
            ? new Reason(Keys, SafeText.Of($"{result.Artifact} lacks {missing:0} expected keys, which a loader leaves as the model initializes them, untrained"))
            : null;
    }

    private static Reason? EarlyCheckpoint(IReadOnlyList<RunResult> results)
    {
        var result = Failed(results, Export).FirstOrDefault();
        return result is not null && Find(result, ExportedStep.Info) is { Observed: { } step, Required: { Relation: Relation.Equal, Limit: var final } } && step < final
            ? new Reason(Export, SafeText.Of($"{result.Artifact} holds step {step:0} of {final:0}"))
            : null;
    }

    private static Reason? LossDidNotConverge(IReadOnlyList<RunResult> results)
    {
        var lowest = Failed(results, Loss).Where(r => Find(r, Convergence.Info)?.Text.Value is not ("not finite" or "frozen")).Select(r => Find(r, LossMin.Info)).OfType<Measurement>().FirstOrDefault();
        return lowest?.Observed is { } value ? new Reason(Loss, SafeText.Of($"{lowest.Subject} never fell under {value:0.###}")) : null;
    }

    private static IEnumerable<RunResult> Failed(IReadOnlyList<RunResult> results, string id)
        => results.Where(r => r.Gate.Id == id && r.Outcome == Outcome.Failed);

    private static Measurement? Find(RunResult result, SignalInfo signal) => result.Measurements.FirstOrDefault(m => m.Signal == signal.Name);

    private static SafeText List(IReadOnlyList<Reason> reasons) => reasons.Count switch
    {
        1 => reasons[0].Sentence,
        _ => SafeText.Of($"{SafeText.Join(", ", reasons.SkipLast(1).Select(r => r.Sentence))}, and {reasons[^1].Sentence}"),
    };

    private static Cause Join(SafeText message, IEnumerable<Reason> reasons) => new(message, [.. reasons.Select(r => r.Gate).Order(StringComparer.Ordinal)]);

    private sealed record Reason(string Gate, SafeText Sentence);
}

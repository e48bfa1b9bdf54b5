using ModelGate.Runs;
using ModelGate.Signals.Audio;

namespace ModelGate.Evaluation.Causes;

/// <summary>Output that is noise, or not what it should be, comes from what is wrong with the model that made it: keys that do not fit, an early checkpoint, a loss that did not converge.</summary>
internal sealed class SickSound : CauseRule
{
    private const string Flatness = "MG5001";
    private const string Likeness = "MG5010";

    /// <inheritdoc/>
    public override Cause? Of(RunEvidence run)
    {
        var reasons = new[] { Reason.KeysDoNotFit(run), Reason.EarlyCheckpoint(run), Reason.StuckLoss(run) }.OfType<Reason>().ToArray();
        return reasons.Length > 0 && (Noise(run) ?? Unlike(run)) is { } sound
            ? Because(SafeText.Of($"{sound.Sentence}: {Reason.List(reasons)}"), [sound.Gate, .. reasons.Select(r => r.Gate)])
            : null;
    }

    private static Reason? Noise(RunEvidence run)
    {
        var worst = run.Failed(Flatness).Select(r => RunEvidence.Find(r, OccupiedBandFlatness.Info)).OfType<Measurement>().MaxBy(m => m.Observed);
        return worst is { Observed: { } observed, Required: { } required } && !required.IsMetBy(observed)
            ? new Reason(Flatness, SafeText.Of($"spectral flatness {observed:0.00} (limit {NumberText.OfLimit(required.Limit)})"))
            : null;
    }

    private static Reason? Unlike(RunEvidence run)
        => run.Failed(Likeness).FirstOrDefault() is { } result ? new Reason(Likeness, SafeText.Of($"{result.Artifact} does not sound as it should")) : null;
}

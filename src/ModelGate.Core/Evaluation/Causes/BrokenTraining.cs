using ModelGate.Runs;
using ModelGate.Signals.Checkpoints;
using ModelGate.Signals.Curves;
using ModelGate.Signals.Weights;

namespace ModelGate.Evaluation.Causes;

/// <summary>A loss or the weights stopped being finite: when, and which checkpoint is the last good one.</summary>
/// <remarks>
/// The last good checkpoint is the newest that is finite and was saved before the first step at which a loss was not, and before the first checkpoint that is not. Weights of an export that
/// became infinite by rounding alone are no broken training, and a checkpoint of step 0 is where training began.
/// </remarks>
internal sealed class BrokenTraining : CauseRule
{
    private const string Weights = "MG3001";
    private const string Curve = "MG4001";
    private const string Finite = "MG4002";
    private const int MostNamed = 3;

    /// <inheritdoc/>
    public override Cause? Of(RunEvidence run)
    {
        var since = run.Failed(Finite).SelectMany(r => r.Measurements).Where(m => m.Signal == NonFiniteStep.Info.Name && m.Observed is not null).OrderBy(m => m.Observed).ToArray();
        var broken = Saves(run, run.Failed(Weights)).ToArray();
        if (since.Length == 0 && broken.Length == 0)
        {
            return null;
        }

        var end = Math.Min(since.Select(m => m.Observed!.Value).DefaultIfEmpty(double.PositiveInfinity).Min(), broken.Select(b => b.Step ?? double.PositiveInfinity).DefaultIfEmpty(double.PositiveInfinity).Min());
        var finite = Saves(run, run.Passed(Weights)).Where(s => s.Step is not null).ToArray();
        var good = finite.Where(s => s.Step > 0 && s.Step < end).MaxBy(s => s.Step);
        if (good is null && (since.Length == 0 || broken.Length == 0))
        {
            return null;
        }

        var parts = new List<SafeText>();
        if (since.Length > 0)
        {
            var at = since[0].Observed!.Value;
            var names = since.TakeWhile(m => m.Observed <= at).Select(m => m.Subject).ToArray();
            parts.Add(SafeText.Of($"training broke at step {at:0}, where {SafeText.Join(names.Length == 2 ? " and " : ", ", names.Take(MostNamed))}{(names.Length > MostNamed ? SafeText.Of($" and {names.Length - MostNamed} more") : SafeText.Empty)} stopped being finite"));
        }

        if (broken.Length > 0)
        {
            var last = broken.MaxBy(b => b.Step ?? 0)!;
            parts.Add(SafeText.Of($"the weights of {last.Path} are broken, with {last.Count:0} that are NaN or infinite"));
        }

        var ending = good is null ? SafeText.Of($"no checkpoint here is from before that") : SafeText.Of($"{good.Path} is the last good checkpoint");
        return Because(
            SafeText.Of($"{SafeText.Join(", and ", parts)}: {ending}"),
            [.. since.Length > 0 ? [Finite] : Array.Empty<string>(), .. broken.Length > 0 ? [Weights] : Array.Empty<string>(), .. Curves(run) ? [Curve] : Array.Empty<string>()]);
    }

    private static bool Curves(RunEvidence run) => run.Failed(Curve).Any(r => RunEvidence.Find(r, Convergence.Info)?.Text.Value is "not finite" or "frozen");

    // What is saved beside a checkpoint, such as an optimizer, cannot be used for it.
    private static IEnumerable<Save> Saves(RunEvidence run, IEnumerable<RunResult> results)
        => results.Where(r => !r.Artifact.IsEmpty && run.IsOf(r, ArtifactRole.Checkpoints) && CheckpointName.Of(FileName(r.Artifact)) is { SaysState: false, SaysDiscriminator: false })
            .Select(r => new Save(r.Artifact, run.StepOf(r.Artifact), (RunEvidence.Find(r, NanWeights.Info)?.Observed ?? 0) + (RunEvidence.Find(r, InfiniteWeights.Info)?.Observed ?? 0)));

    private static string FileName(SafeText path) => path.Value[(path.Value.LastIndexOf('/') + 1)..];

    private sealed record Save(SafeText Path, double? Step, double Count);
}

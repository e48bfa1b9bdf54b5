using ModelGate.Artifacts;
using ModelGate.Runs;
using ModelGate.Signals.Checkpoints;

namespace ModelGate.Gates.Checkpoints;

/// <summary>Weights of an export that no origin makes usable: NaN equals NaN, and half precision turns what is too great into infinity.</summary>
internal static class UnusableWeights
{
    private const int MostNamed = 3;

    /// <summary>Adds what is not finite in an export to what is said of its origin.</summary>
    public static Judgement Add(ExportCandidates run, Judgement judgement)
    {
        var broken = run.Export.ByName.Where(t => t.Value.NotFinite > 0).OrderBy(t => t.Key, StringComparer.Ordinal).ToArray();
        if (broken.Length == 0)
        {
            return judgement;
        }

        var overflown = broken.Where(t => Overflown(run, t.Key, t.Value)).Select(t => t.Key).ToHashSet(StringComparer.Ordinal);
        var names = SafeText.Join(", ", broken.Take(MostNamed).Select(t => SafeText.Of($"{SafeText.From(t.Key)} ({Count(t.Value)})")));
        var more = broken.Length > MostNamed ? SafeText.Of($" and {broken.Length - MostNamed} more") : SafeText.Empty;
        var finding = new Finding(overflown.Count == broken.Length
            ? SafeText.Of($"weights of {run.Model.Path} became infinite in half precision, in {broken.Length} of {SafeText.Count(run.Export.ByName.Count, "tensor")}: {names}{more}; the checkpoint holds values there that float16 cannot")
            : SafeText.Of($"weights of {run.Model.Path} are not finite, in {broken.Length} of {SafeText.Count(run.Export.ByName.Count, "tensor")}: {names}{more}; that they equal a checkpoint's proves nothing"))
        {
            Remedy = overflown.Count == broken.Length
                ? SafeText.Of($"Export in float32 or bfloat16, and look into why weights are that great: training may be diverging.")
                : SafeText.Of($"Go back to a checkpoint from before the weights broke, lower the learning rate, and export again."),
        };
        return judgement with { IsInconclusive = false, Summary = finding.Message, Findings = [finding, .. judgement.Findings] };
    }

    private static SafeText Count(TensorDigest tensor) => (tensor.NaN, tensor.Infinite) switch
    {
        (var nan, 0) => SafeText.Of($"{nan} NaN"),
        (0, var infinite) => SafeText.Of($"{infinite} infinite"),
        var (nan, infinite) => SafeText.Of($"{nan} NaN, {infinite} infinite"),
    };

    private static bool Overflown(ExportCandidates run, string name, TensorDigest exported)
        => exported is { DType: DType.Float16, NaN: 0 } && run.Source is { Pairing: var pairing } && pairing.Names.TryGetValue(name, out var key)
            && key.CopyOf is { } source && pairing.Set.ByName[source] is { BeyondHalf: > 0 } trained && trained.Infinite < exported.Infinite;
}

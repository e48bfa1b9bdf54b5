using ModelGate.Artifacts;
using ModelGate.Evaluation;
using ModelGate.Faults;
using ModelGate.Syntax.Pickle.Calls;

namespace ModelGate.Reports;

/// <summary>Whether today's torch.load, which reads weights only, would read a file.</summary>
internal static class WeightsOnly
{
    private const int MostNames = 12;

    /// <summary>The names that would have to be allowed; null where the question does not arise.</summary>
    public static IReadOnlyList<string>? Missing(Inspection inspection)
        => inspection.Artifact is Checkpoint { Format: "pytorch-zip" or "pytorch-legacy" } checkpoint ? WeightsOnlyGlobals.Missing(checkpoint.Globals) : null;

    /// <summary>The answer in one sentence; empty where the question does not arise.</summary>
    public static SafeText Answer(Inspection inspection)
    {
        if (inspection.Artifact is PickledData)
        {
            return SafeText.Of($"torch.load does not read it: it is a pickle and not a checkpoint");
        }

        if (inspection.Artifact is Checkpoint { Format: "torchscript" })
        {
            return SafeText.Of($"it is a TorchScript program: torch.jit.load runs it, and torch.load(weights_only=True) refuses it");
        }

        if (Missing(inspection) is not { } names)
        {
            return SafeText.Empty;
        }

        if (names.Count == 0)
        {
            return SafeText.Of($"torch.load(weights_only=True) reads it");
        }

        var more = names.Count > MostNames ? SafeText.Of($", and {names.Count - MostNames} more") : SafeText.Empty;
        var warning = inspection.Globals.Any(g => g.Verdict != GlobalVerdict.Allowed) ? SafeText.Of($": only where you trust whoever wrote the file") : SafeText.Empty;
        return SafeText.Of(
            $"torch.load(weights_only=True) refuses it until torch.serialization.add_safe_globals allows {SafeText.Join(", ", names.Take(MostNames).Select(n => SafeText.From(n)))}{more}{warning}");
    }
}

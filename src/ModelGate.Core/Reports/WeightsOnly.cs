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

    /// <summary>The opcode that its unpickler does not know; null where it knows all.</summary>
    public static byte? Opcode(Inspection inspection) => (inspection.Artifact as Checkpoint)?.UnknownOpcode;

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

        if (Opcode(inspection) is { } opcode)
        {
            return SafeText.Of(
                $"torch.load(weights_only=True) refuses it: its unpickler does not know opcode 0x{opcode:x2}, of another pickle protocol than the 2 that torch.save uses by default. Load it where you trust it, and save it again without pickle_protocol");
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

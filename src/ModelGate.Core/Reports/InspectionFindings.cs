using ModelGate.Artifacts;
using ModelGate.Evaluation;

namespace ModelGate.Reports;

/// <summary>What an inspection has to say against a file.</summary>
public static class InspectionFindings
{
    /// <summary>The id of a fault in the file itself.</summary>
    public const string ArchiveMustBeWhole = "MG7002";

    /// <summary>The id of a dangerous import.</summary>
    public const string PickleMustBeSafe = "MG7001";

    /// <summary>Each finding's id and sentence: dangerous imports first, then code, then the fault that the file was refused for.</summary>
    public static IEnumerable<(string Id, SafeText Message)> Of(Inspection inspection)
    {
        ArgumentNullException.ThrowIfNull(inspection);
        foreach (var global in inspection.Globals.Where(g => g.Verdict == GlobalVerdict.Dangerous))
        {
            yield return (PickleMustBeSafe, SafeText.Of($"a pickle imports {global.Name}, which can run code"));
        }

        if (inspection.Artifact is Checkpoint { Code.Count: > 0 } checkpoint)
        {
            yield return (PickleMustBeSafe, CodeSentence.Of(checkpoint.Code));
        }

        if (inspection.Fault is { } fault)
        {
            yield return (fault.Reason is "dangerous-global" or "contains-code" ? PickleMustBeSafe : ArchiveMustBeWhole, fault.Sentence);
        }
    }
}

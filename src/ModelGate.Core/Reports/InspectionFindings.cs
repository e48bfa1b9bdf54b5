using ModelGate.Artifacts;
using ModelGate.Evaluation;
using ModelGate.Faults;
using ModelGate.Gates;
using ModelGate.Gates.Safety;

namespace ModelGate.Reports;

/// <summary>What an inspection has to say against a file.</summary>
internal static class InspectionFindings
{
    /// <summary>The id of a fault in the file itself.</summary>
    public const string ArchiveMustBeWhole = "MG7002";

    /// <summary>The id of a dangerous import.</summary>
    public const string PickleMustBeSafe = "MG7001";

    /// <summary>Each finding's id and sentence: what loading the file would do, then the fault that it was refused for.</summary>
    public static IEnumerable<(string Id, SafeText Message)> Of(Inspection inspection)
    {
        var code = (inspection.Artifact as Checkpoint)?.Code ?? [];
        foreach (var danger in ImportFindings.Dangers(inspection.Globals, inspection.Fault).Concat(ImportFindings.Programs(code)))
        {
            yield return (PickleMustBeSafe, danger);
        }

        if (inspection.Fault is { } fault)
        {
            var rest = fault.Damage ?? (fault.Kind is FaultKind.AsksForCode or FaultKind.ContainsCode ? null : fault);
            if (rest is not null)
            {
                yield return (ArchiveMustBeWhole, rest.SentenceWithAdvice());
            }
        }
    }
}

using ModelGate.Artifacts;
using ModelGate.Faults;

namespace ModelGate.Signals.Safety;

/// <summary>What a file's pickles import, and what else in it would run where it is loaded; also of a file that was refused.</summary>
internal sealed record ImportsMeasure : ExaminationMeasure<FileImports>
{
    /// <inheritdoc/>
    protected override FileImports Of(Examination examination)
    {
        var checkpoint = examination.Content as Checkpoint;
        return new FileImports(
            checkpoint?.Globals ?? (examination.Content as PickledData)?.Globals ?? examination.Fault?.Globals ?? [], checkpoint?.Code ?? [], examination.Fault, examination.Content?.Format, checkpoint is not null);
    }
}

/// <summary>What a file asks of the process that loads it.</summary>
/// <param name="Imports">The names that its pickles import.</param>
/// <param name="Code">What in it would run: names of its records.</param>
/// <param name="Fault">Why it was refused, where it was.</param>
/// <param name="Format">Its format; null where it was refused.</param>
/// <param name="HoldsTensors">Whether it is a file of tensors.</param>
internal sealed record FileImports(
    IReadOnlyList<GlobalUse> Imports, IReadOnlyList<SafeText> Code, ArtifactFault? Fault, string? Format, bool HoldsTensors);

using ModelGate.Artifacts;
using ModelGate.Faults;

namespace ModelGate.Signals.Safety;

/// <summary>Whether a file is whole: its structure, and the checksums that it carries.</summary>
internal sealed record IntegrityMeasure : ExaminationMeasure<FileIntegrity>
{
    /// <inheritdoc/>
    public override bool NeedsChecksums => true;

    /// <inheritdoc/>
    protected override FileIntegrity Of(Examination examination)
        => new((examination.Content as Checkpoint)?.Checksums?.HasChecksums, examination.Fault, examination.ChecksumFault, (examination.Content as Checkpoint)?.ForeignRecords ?? []);
}

/// <summary>Whether a file is whole.</summary>
/// <param name="HasChecksums">Whether it carries checksums; null where its format has none.</param>
/// <param name="Fault">Why it was refused, where it was.</param>
/// <param name="ChecksumFault">The first content that does not have its checksum.</param>
/// <param name="ForeignRecords">Records that files of its kind do not have.</param>
internal sealed record FileIntegrity(bool? HasChecksums, ArtifactFault? Fault, ArtifactFault? ChecksumFault, IReadOnlyList<ForeignRecord> ForeignRecords);

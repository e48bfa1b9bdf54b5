using ModelGate.Faults;
using ModelGate.Runs;
using ModelGate.Signals.Safety;

namespace ModelGate.Gates.Safety;

/// <summary>A checkpoint is whole: nothing is cut off, overlaps, is duplicated or is left over, and every byte has the checksum that was recorded for it.</summary>
[GateId("MG7002")]
internal sealed class ArchiveMustBeWhole : Gate<ArchiveMustBeWhole.Options>
{
    /// <summary>No options: a file is whole, or it is not.</summary>
    public sealed record Options;

    /// <inheritdoc/>
    public override IReadOnlyList<ArtifactRole> Roles => [];

    /// <inheritdoc/>
    public override IReadOnlyList<ArtifactRole> RolesAnyOf => WeightFiles.Roles;

    /// <inheritdoc/>
    protected override IEnumerable<Subject> Select(RoleFiles files, Options options) => WeightFiles.In(files);

    /// <inheritdoc/>
    protected override IEnumerable<Need> Needs(Subject subject, Options options)
        => [new(subject.Files[0], new IntegrityMeasure()), new(subject.Files[0], new ImportsMeasure())];

    /// <inheritdoc/>
    protected override Judgement? Judge(Subject subject, Options options, IMeasured measured)
    {
        var refusal = WeightFiles.Refuse(subject.Files[0], measured.Of(subject.Files[0], new ImportsMeasure()));
        return refusal switch
        {
            null => null,
            { IsEmpty: false } problem => Judgement.Inconclusive(problem),
            _ => Judge(subject.Path, measured.Of(subject.Files[0], new IntegrityMeasure())),
        };
    }

    private static Judgement Judge(string path, FileIntegrity integrity)
    {
        if (integrity.Fault is { } fault)
        {
            return fault.Damage is { } damage
                ? Damaged(path, damage)
                : Judgement.Inconclusive(SafeText.Of($"{path} was refused before its bytes could be checked: {fault.SentenceWithAdvice()}"));
        }

        if (integrity.ChecksumFault is { } mismatch)
        {
            return Damaged(path, mismatch);
        }

        var (word, sentence) = integrity.HasChecksums switch
        {
            null => ("none in the format", SafeText.Of($"its structure accounts for every byte; the format has no checksums, so changed weights would not show")),
            false => ("none recorded", SafeText.Of($"its structure accounts for every byte; no checksum was recorded, so changed weights would not show")),
            true => ("verified", SafeText.Of($"its structure accounts for every byte, and every record has the checksum that was recorded for it")),
        };
        return Judgement.Of(SafeText.Of($"{path}: {sentence}"), [Checksums.Info.Of(path, null) with { Text = SafeText.From(word) }], []);
    }

    private static Judgement Damaged(string path, ArtifactFault damage)
    {
        var evidence = Damage.Info.Of(path, damage.Offset) with { Text = SafeText.From(damage.Reason.Code) };
        return Judgement.Of(SafeText.Of($"{path} is {SafeText.From(damage.Kind == FaultKind.Damaged ? "damaged" : "malformed")}: {damage.Sentence}"), [evidence], [new Finding(damage.Sentence) { Evidence = [evidence] }]);
    }
}

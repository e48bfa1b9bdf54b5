using ModelGate.Artifacts;
using ModelGate.Faults;
using ModelGate.Runs;

namespace ModelGate.Gates;

/// <summary>A checkpoint is whole: nothing is cut off, overlaps, stands twice or is left over, and every byte has the checksum that was recorded for it.</summary>
[GateId("MG7002")]
internal sealed class ArchiveMustBeWhole : Gate<ExaminedFile, ArchiveMustBeWhole.Options>
{
    /// <summary>No options: a file is whole, or it is not.</summary>
    public sealed record Options;

    /// <inheritdoc/>
    public override IReadOnlyList<ArtifactRole> Roles => [];

    /// <inheritdoc/>
    public override IReadOnlyList<ArtifactRole> RolesAnyOf => WeightFiles.Roles;

    /// <inheritdoc/>
    protected override IEnumerable<Selection<ExaminedFile>> Select(ArtifactSet artifacts) => WeightFiles.In(artifacts);

    /// <inheritdoc/>
    public override Judgement Judge(ExaminedFile subject, Options options, CancellationToken cancellation = default)
    {
        if (subject.Fault is { } fault)
        {
            return fault.Damage is { } damage
                ? Damaged(subject, damage)
                : Judgement.Inconclusive(SafeText.Of($"{subject.Path} was refused before its bytes could be checked: {fault.SentenceWithAdvice()}"));
        }

        var checksums = (subject.Content as Checkpoint)?.Checksums;
        try
        {
            checksums?.Verify(cancellation);
        }
        catch (ArtifactFault mismatch) when (mismatch.Damage is not null)
        {
            return Damaged(subject, mismatch);
        }

        var (word, sentence) = checksums switch
        {
            null => ("none in the format", SafeText.Of($"its structure accounts for every byte; the format has no checksums, so changed weights would not show")),
            { HasChecksums: false } => ("none recorded", SafeText.Of($"its structure accounts for every byte; no checksum was recorded, so changed weights would not show")),
            _ => ("verified", SafeText.Of($"its structure accounts for every byte, and every record has the checksum that was recorded for it")),
        };
        return Judgement.Of(SafeText.Of($"{subject.Path}: {sentence}"), [Checksums(subject, word)], []);
    }

    private static Judgement Damaged(ExaminedFile subject, ArtifactFault damage)
    {
        var evidence = new Measurement("damage", SafeText.From(subject.Path), damage.Offset, "offset") { Text = SafeText.From(damage.Reason.Code) };
        return Judgement.Of(SafeText.Of($"{subject.Path} is {SafeText.From(damage.Kind == FaultKind.Damaged ? "damaged" : "malformed")}: {damage.Sentence}"), [evidence], [new Finding(damage.Sentence) { Evidence = [evidence] }]);
    }

    private static Measurement Checksums(ExaminedFile subject, string word)
        => new("checksums", SafeText.From(subject.Path), null) { Text = SafeText.From(word) };
}

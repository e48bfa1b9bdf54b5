using ModelGate.Artifacts;
using ModelGate.Faults;
using ModelGate.Runs;
using ModelGate.Signals.Safety;

namespace ModelGate.Gates.Safety;

/// <summary>A checkpoint is whole: nothing is cut off, overlaps, is duplicated or is left over, and every byte has the checksum that was recorded for it.</summary>
[GateId("MG7002")]
internal sealed class ArchiveMustBeWhole : Gate<ArchiveMustBeWhole.Options>
{
    private const int MostFindings = 20;
    private const int MostParts = 3;

    /// <summary>Which records are allowed beside those that files of a kind have.</summary>
    public sealed record Options
    {
        /// <summary>Records of an archive that are allowed beside those that its kind has: exact names inside the archive's folder, such as extra/notes.txt; none by default. A pickle, an archive or code cannot be allowed.</summary>
        public IReadOnlyList<string> AllowRecords { get; init; } = [];
    }

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
        if (subject.MissingParts.Count > 0)
        {
            return Incomplete(subject);
        }

        var refusal = WeightFiles.Refuse(subject.Files[0], measured.Of(subject.Files[0], new ImportsMeasure()));
        return refusal switch
        {
            null => null,
            { IsEmpty: false } problem => Judgement.Inconclusive(problem),
            _ => Judge(subject.Path, measured.Of(subject.Files[0], new IntegrityMeasure()), options),
        };
    }

    private static Judgement Judge(string path, FileIntegrity integrity, Options options)
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

        var foreign = integrity.ForeignRecords.Where(r => r.What is not null || !IsAllowed(r.Name, options)).ToArray();
        if (foreign.Length > 0)
        {
            var evidence = Damage.Info.Of(path, null) with { Text = SafeText.From("foreign-record") };
            return Judgement.Of(SafeText.Of($"{path} carries more than its format has: {ForeignRecord.Sentence(foreign)}"), [evidence], [.. foreign.Take(MostFindings).Select(r => Foreign(r, evidence))]);
        }

        var (word, sentence) = integrity.HasChecksums switch
        {
            null => ("none in the format", SafeText.Of($"its structure accounts for every byte; the format has no checksums, so changed weights would not show")),
            false => ("none recorded", SafeText.Of($"its structure accounts for every byte; no checksum was recorded, so changed weights would not show")),
            true => ("verified", SafeText.Of($"its structure accounts for every byte, and every record has the checksum that was recorded for it")),
        };
        return Judgement.Of(SafeText.Of($"{path}: {sentence}"), [Checksums.Info.Of(path, null) with { Text = SafeText.From(word) }], []);
    }

    private static Finding Foreign(ForeignRecord record, Measurement evidence) => record.What is { } what
        ? new Finding(SafeText.Of($"the record {record.Name} is {SafeText.From(what)}, which no file of this kind has"))
        {
            Remedy = SafeText.Of($"Do not unpack or load it; ask where the file comes from, and save the weights alone"),
            Evidence = [evidence],
        }
        : new Finding(SafeText.Of($"no file of this kind has the record {record.Name}"))
        {
            Remedy = SafeText.Of($"Where you know who wrote it, add \"allowRecords\": [\"{Inside(record.Name)}\"] to the options of archive-must-be-whole"),
            Evidence = [evidence],
        };

    private static bool IsAllowed(string name, Options options)
        => options.AllowRecords.Contains(name, StringComparer.Ordinal) || options.AllowRecords.Contains(Inside(name), StringComparer.Ordinal);

    private static string Inside(string name) => name[(name.IndexOf('/', StringComparison.Ordinal) + 1)..];

    private static Judgement Incomplete(Subject subject)
    {
        var names = SafeText.Join(", ", subject.MissingParts.Take(MostParts).Select(p => SafeText.From(p)));
        var others = subject.MissingParts.Count > MostParts ? SafeText.Of($" and {SafeText.Count(subject.MissingParts.Count - MostParts, "other")}") : SafeText.Empty;
        var sentence = SafeText.Of($"{names}{others} {SafeText.From(subject.MissingParts.Count == 1 ? "is" : "are")} missing: {subject.Path} is one part of a model, and its name says how many there are");
        var evidence = Damage.Info.Of(subject.Path, null) with { Text = SafeText.From("missing-part") };
        return Judgement.Of(sentence, [evidence], [new Finding(sentence) { Remedy = SafeText.Of($"Copy or save all parts of the model again"), Evidence = [evidence] }]);
    }

    private static Judgement Damaged(string path, ArtifactFault damage)
    {
        var evidence = Damage.Info.Of(path, damage.Offset) with { Text = SafeText.From(damage.Reason.Code) };
        var what = damage.Reason == FaultReason.StaleIndex ? "out of date"
            : damage.Reason == FaultReason.NoElements ? "without weights"
            : damage.Kind == FaultKind.Damaged ? "damaged" : "malformed";
        return Judgement.Of(SafeText.Of($"{path} is {SafeText.From(what)}: {damage.Sentence}"), [evidence], [new Finding(damage.Sentence) { Remedy = Remedy(damage), Evidence = [evidence] }]);
    }

    // For damage, the gate's page says it: copy the file again. A second copy of a file that was written so is no better.
    private static SafeText Remedy(ArtifactFault damage)
        => damage.Reason == FaultReason.StaleIndex ? SafeText.Of($"Take the index and the files from one save, or write the index anew from the files that are here: save_pretrained writes both")
            : damage.Reason == FaultReason.NoElements ? SafeText.Of($"Gather the weights from all processes, and save them again")
            : damage.Reason == FaultReason.OtherReading || damage.Reason == FaultReason.DuplicateEntry || damage.Reason == FaultReason.SeveralRoots || damage.Reason == FaultReason.SpecialEntry || damage.Reason == FaultReason.Path
            ? SafeText.Of($"Do not load it: programs that read it see different things, which no program that saves models writes; ask where the file comes from, and get the model from a source that you trust")
            : damage.Kind == FaultKind.Malformed
                ? SafeText.Of($"A new copy will not help, for this is how the file was written: save the model again, or ask who wrote it; do not load it before you know")
                : SafeText.Empty;
}

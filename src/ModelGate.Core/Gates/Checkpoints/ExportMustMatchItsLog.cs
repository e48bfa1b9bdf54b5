using ModelGate.Runs;
using ModelGate.Signals.Checkpoints;

namespace ModelGate.Gates.Checkpoints;

/// <summary>An export whose checkpoints are gone states the epoch at which the log of its training ends.</summary>
[GateId("MG2005")]
internal sealed class ExportMustMatchItsLog : Gate<ExportMustMatchItsLog.Options>
{
    /// <summary>How far the export may be behind.</summary>
    public sealed record Options
    {
        /// <summary>By how many epochs the export may be older than the end of the log; 0 by default.</summary>
        [Range(0, int.MaxValue)]
        public int Epochs { get; init; }
    }

    /// <inheritdoc/>
    public override IReadOnlyList<ArtifactRole> Roles => [ArtifactRole.Model, ArtifactRole.Log];

    /// <inheritdoc/>
    public override IReadOnlyList<ArtifactRole> RolesOptional => [ArtifactRole.Checkpoints];

    /// <inheritdoc/>
    protected override IEnumerable<Subject> Select(RoleFiles files, Options options)
        => files.Missing(ArtifactRole.Log) is { IsEmpty: false } problem
            ? [Subject.Impossible(problem)]
            : files.Each(ArtifactRole.Model).Select(s => s.Files.Count == 0 ? s : s with
            {
                Files = [.. s.Files, .. files.Of(ArtifactRole.Log)],
                Beside = [.. files.Of(ArtifactRole.Checkpoints).Where(f => !files.Of(ArtifactRole.Model).Contains(f))],
                SupersededBy = ExportedVersions.JudgedInPlaceOf(s.Files[0], files.Of(ArtifactRole.Model), CheckpointPolicy.Final),
            });

    /// <inheritdoc/>
    protected override IEnumerable<Need> Needs(Subject subject, Options options)
        => subject.Files.Select(f => f.Role == ArtifactRole.Log ? new Need(f, new LoggedProgressMeasure()) : new Need(f, new ModelFactsMeasure()));

    /// <inheritdoc/>
    protected override Judgement Judge(Subject subject, Options options, IMeasured measured)
    {
        var model = subject.Files[0];
        var path = SafeText.From(model.Path);
        if (subject.Beside.Count > 0)
        {
            return Judgement.Nothing(SafeText.Of($"{SafeText.Count(subject.Beside.Count, "checkpoint")} {SafeText.From(subject.Beside.Count == 1 ? "is" : "are")} here: final-checkpoint-must-be-exported compares the weights themselves"));
        }

        if (subject.SupersededBy is { } later)
        {
            return Judgement.Nothing(SafeText.Of($"{path} is an export of an earlier save; {later.Path} is judged as the last one"));
        }

        var facts = measured.Of(model, new ModelFactsMeasure());
        var logs = subject.Of(ArtifactRole.Log).Select(f => measured.Of(f, new LoggedProgressMeasure())).ToArray();
        if (facts.Epoch is not { } epoch)
        {
            return Judgement.Nothing(SafeText.Of($"{path} states no epoch, neither in its name nor inside"));
        }

        // What was saved counts: the epochs after the last save are in no file.
        var ends = logs.Select(l => (l.Path, End: l.Saved?.Epoch ?? l.Epoch, l.Epoch)).Where(l => l.End is not null).ToArray();
        if (ends.Length == 0)
        {
            return Judgement.Nothing(SafeText.Of($"{SafeText.Join(", ", logs.Select(l => SafeText.From(l.Path)))} {SafeText.From(logs.Length == 1 ? "names" : "name")} no epoch"));
        }

        var (log, end, _) = ends.MaxBy(l => l.End)!;
        var last = ends.Max(l => Math.Max(l.End!.Value, l.Epoch ?? 0));
        Measurement[] measurements = [TrainingEpoch.Info.Of(model.Path, epoch) with { Required = new(Relation.AtLeast, Math.Max(0, end!.Value - options.Epochs)) }];
        if (epoch < end.Value - options.Epochs)
        {
            var finding = new Finding(SafeText.Of($"{path} is from epoch {epoch}, but {SafeText.From(log)} ends at epoch {end.Value}"))
            {
                Evidence = measurements,
                Remedy = SafeText.Of($"Export again from the last checkpoint. If this export is the right one, the log is that of another training: move it away."),
            };
            return Judgement.Of(finding.Message, measurements, [finding]);
        }

        // Logs that name an epoch only occasionally may omit the last ones.
        if (epoch > 2 * last)
        {
            var finding = new Finding(SafeText.Of($"{path} is from epoch {epoch}, but {SafeText.From(log)} ends at epoch {last}: it is not the log of its training, or was cut off"))
            {
                Evidence = measurements,
                Remedy = SafeText.Of($"Put the log of this training beside the export: curves of another one say nothing about it"),
            };
            return Judgement.Of(finding.Message, measurements, [finding]);
        }

        return Judgement.Of(SafeText.Of($"{path} is from epoch {epoch}, and {SafeText.From(log)} ends at epoch {last}; without checkpoints its weights cannot be compared"), measurements, []);
    }
}

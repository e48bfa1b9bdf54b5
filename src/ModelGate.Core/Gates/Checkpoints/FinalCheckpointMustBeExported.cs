using ModelGate.Runs;
using ModelGate.Signals.Checkpoints;
using ModelGate.Trainers;

namespace ModelGate.Gates.Checkpoints;

/// <summary>The exported model holds the weights of the final checkpoint, which is the one of the highest step.</summary>
[GateId("MG2001")]
internal sealed class FinalCheckpointMustBeExported : Gate<FinalCheckpointMustBeExported.Options>
{
    /// <summary>Which checkpoint has to be exported, and what an export may leave out.</summary>
    public sealed record Options
    {
        /// <summary>Which checkpoint has to be exported: "final" is the one of the highest step, compared as a number, and the default; "best" is the one that the trainer records as its best, or that is named so; "final-or-best" takes the one of the highest step, or the one that the trainer itself recorded as its best.</summary>
        public CheckpointPolicy Policy { get; init; } = CheckpointPolicy.Final;

        /// <summary>Beginnings of the names of weights that only training needs and an export leaves out; by default those of the known trainers, such as the posterior encoder of VITS and RVC.</summary>
        public IReadOnlyList<string> TrainingOnly { get; init; } = TrainerCatalogue.Unknown.TrainingOnly;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<ArtifactRole> Roles => [ArtifactRole.Model, ArtifactRole.Checkpoints];

    /// <inheritdoc/>
    public override IReadOnlyList<ArtifactRole> RolesOptional => [ArtifactRole.Log];

    /// <inheritdoc/>
    protected override IEnumerable<Subject> Select(RoleFiles files, Options options)
        => files.Missing(ArtifactRole.Checkpoints) is { IsEmpty: false } problem
            ? [Subject.Impossible(problem)]
            : files.Each(ArtifactRole.Model).Select(s => s.Files.Count == 0 ? s : s with
            {
                Files = [.. s.Files, .. files.Of(ArtifactRole.Checkpoints).Where(f => CheckpointCompanions.IsOfModel(f) || CheckpointCompanions.Tells(f)), .. files.Of(ArtifactRole.Log)],
                SupersededBy = ExportedVersions.JudgedInPlaceOf(s.Files[0], files.Of(ArtifactRole.Model), options.Policy),
            });

    /// <inheritdoc/>
    protected override IEnumerable<Need> Needs(Subject subject, Options options)
        => subject.Files.Where(f => f.Role != ArtifactRole.Log && (f.Role != ArtifactRole.Checkpoints || CheckpointCompanions.IsOfModel(f))).SelectMany(f => new Need[] { new(f, new DigestMeasure()), new(f, new ProgressMeasure()) });

    /// <inheritdoc/>
    protected override IEnumerable<Need> OptionalNeeds(Subject subject, Options options)
        => subject.Of(ArtifactRole.Log).Select(f => new Need(f, new LoggedProgressMeasure()))
            .Concat(subject.Of(ArtifactRole.Checkpoints).Where(f => !CheckpointCompanions.IsOfModel(f)).Select(f => new Need(f, new ProgressMeasure())));

    /// <inheritdoc/>
    protected override Judgement Judge(Subject subject, Options options, IMeasured measured)
    {
        var logs = LogsOf(subject, measured);
        var (run, policy) = RunOf(subject, options, measured, logs);
        if (run.All.Count == 0)
        {
            return Judgement.Inconclusive(SafeText.Of($"{run.Model.Path} is the only file that the role checkpoints names: there is no checkpoint to compare it with"));
        }

        if (run.Export.ByName.Count == 0)
        {
            return Judgement.Inconclusive(SafeText.Of($"{run.Model.Path} holds no state_dict: there are no weights to compare"));
        }

        return UnusableWeights.Add(run, Judge(run, policy, subject, logs, options));
    }

    private static LoggedProgress[] LogsOf(Subject subject, IMeasured measured)
        => [.. subject.Of(ArtifactRole.Log).Select(f => measured.Find(f, new LoggedProgressMeasure())).OfType<LoggedProgress>()];

    // If either is allowed, the export decides which one it is compared with. A name is not a record: anybody may call a file best.pth.
    private static (ExportCandidates Run, CheckpointPolicy Policy) RunOf(Subject subject, Options options, IMeasured measured, LoggedProgress[] logs)
    {
        var run = new ExportCandidates(subject, options.Policy, measured, logs);
        return options.Policy == CheckpointPolicy.FinalOrBest && run.RecordedBest is { } best && run.Source is { } found && !run.Finals.Contains(found.Progress)
            && FinalCheckpoints.Best(run.Progress, best).Contains(found.Progress)
            ? (new ExportCandidates(subject, CheckpointPolicy.Best, measured, logs), CheckpointPolicy.Best)
            : (run, options.Policy);
    }

    private static Judgement Judge(ExportCandidates run, CheckpointPolicy policy, Subject subject, LoggedProgress[] logs, Options options)
    {
        if (run.Finals.Count == 0)
        {
            return Judgement.Inconclusive(policy == CheckpointPolicy.Best
                ? run.RecordedBest is { } recorded
                    ? SafeText.Of($"the trainer records {SafeText.From(recorded)} as its best checkpoint, and it is not there")
                    : SafeText.Of($"none of {SafeText.Count(run.Progress.Count, "checkpoint")} is recorded or named as the best one")
                : SafeText.Of($"none of {SafeText.Count(run.Progress.Count, "checkpoint")} states its step or epoch, neither in its name nor inside"));
        }

        var report = new ExportReport(run, policy);
        if (subject.SupersededBy is { } later)
        {
            return report.IsAnother(later);
        }

        if (FinalCheckpoints.Contradiction(run.Progress) is { } contradiction)
        {
            return report.Contradicts(contradiction.Higher, contradiction.Lower);
        }

        if (run.Source is not { } found)
        {
            return report.HasNoSource();
        }

        if (found.Pairing.Match.Telling == 0)
        {
            return report.ProvesNothing(found.Progress, found.Pairing);
        }

        if (!run.Finals.Contains(found.Progress))
        {
            return report.ComesFrom(found.Progress, found.Pairing);
        }

        var left = found.Pairing.Left.Where(k => !options.TrainingOnly.Any(p => k.StartsWith(p, StringComparison.Ordinal) || k.StartsWith(found.Pairing.Prefix + p, StringComparison.Ordinal))).ToArray();
        return left.Length > 0 ? report.LeavesOut(found.Progress, found.Pairing, left)
            : policy != CheckpointPolicy.Best && LogAgainstCheckpoints.Of(logs, run.Last[0]) is { Count: > 0 } contradictions ? report.IsBehindLog(found.Progress, found.Pairing, contradictions)
            : policy != CheckpointPolicy.Best && run.Unplaced() is { Count: > 0 } unplaced ? report.MayBeEarlier(found.Progress, found.Pairing, unplaced)
            : report.IsFinal(found.Progress, found.Pairing);
    }

    /// <inheritdoc/>
    protected override IEnumerable<Exhibit> Show(Subject subject, Options options, IMeasured measured)
    {
        var logs = LogsOf(subject, measured);
        var (run, policy) = RunOf(subject, options, measured, logs);
        if (run.Finals.Count > 0 && run.Export.ByName.Count > 0 && subject.SupersededBy is null)
        {
            yield return CheckpointChoices.Of(run.Progress, run.Finals[0], run.Source?.Progress, policy);
            yield return CheckpointChoices.Steps(run.Progress, run.Last.Count > 0 ? run.Last[0] : run.Finals[0], logs);
        }
    }
}

/// <summary>Which checkpoint of a run has to be exported.</summary>
internal enum CheckpointPolicy
{
    /// <summary>The one of the highest step.</summary>
    Final,

    /// <summary>The one that the trainer records as its best, or that is named so.</summary>
    Best,

    /// <summary>The one of the highest step, or the one that the trainer itself recorded as its best.</summary>
    FinalOrBest,
}

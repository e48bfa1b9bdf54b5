using ModelGate.Runs;
using ModelGate.Signals.Checkpoints;

namespace ModelGate.Gates.Checkpoints;

/// <summary>Training came to as many steps and epochs as it has to.</summary>
[GateId("MG2003")]
internal sealed class TrainingMustBeLongEnough : Gate<TrainingMustBeLongEnough.Options>
{
    /// <summary>How long training has to be.</summary>
    public sealed record Options
    {
        /// <summary>The fewest steps that the final checkpoint has to have; null where steps do not count.</summary>
        [Range(1, int.MaxValue)]
        public int? Steps { get; init; }

        /// <summary>The fewest epochs that the final checkpoint has to have; null where epochs do not count.</summary>
        [Range(1, int.MaxValue)]
        public int? Epochs { get; init; }
    }

    /// <inheritdoc/>
    public override IReadOnlyList<ArtifactRole> Roles => [];

    /// <inheritdoc/>
    public override IReadOnlyList<ArtifactRole> RolesAnyOf => [ArtifactRole.Checkpoints, ArtifactRole.Log, ArtifactRole.Model];

    /// <inheritdoc/>
    protected override IEnumerable<Subject> Select(RoleFiles files, Options options)
    {
        var problem = RolesAnyOf.Where(files.Has).Select(files.Missing).FirstOrDefault(p => !p.IsEmpty);
        RoleFile[] found =
        [
            .. files.Of(ArtifactRole.Checkpoints).Where(f => CheckpointCompanions.IsOfModel(f) || CheckpointCompanions.Tells(f)),
            .. files.Of(ArtifactRole.Log),
            .. files.Of(ArtifactRole.Model),
        ];
        return [found.Length == 0 ? Subject.Impossible(problem) : new Subject("", found)];
    }

    /// <inheritdoc/>
    protected override IEnumerable<Need> Needs(Subject subject, Options options) => [];

    /// <inheritdoc/>
    protected override IEnumerable<Need> OptionalNeeds(Subject subject, Options options)
        => subject.Files.Select(f => f.Role == ArtifactRole.Log ? new Need(f, new LoggedProgressMeasure()) : new Need(f, new ProgressMeasure()));

    /// <inheritdoc/>
    protected override Judgement Judge(Subject subject, Options options, IMeasured measured)
    {
        if (options is { Steps: null, Epochs: null })
        {
            return Judgement.Inconclusive(SafeText.Of($"nothing says how long training has to be: set the option steps, epochs, or both"));
        }

        // What is on disk counts: a log also tells of steps that no checkpoint holds.
        var checkpoints = Reached(subject, ArtifactRole.Checkpoints, measured);
        var (path, steps, epochs) = checkpoints is { Steps: null, Epochs: null } ? Logged(subject, measured) ?? Reached(subject, ArtifactRole.Model, measured) : checkpoints;
        Measurement[] measurements =
        [
            .. options.Steps is { } s ? [TrainingStep.Info.Of(path, steps) with { Required = new Requirement(Relation.AtLeast, s) }] : Array.Empty<Measurement>(),
            .. options.Epochs is { } e ? [TrainingEpoch.Info.Of(path, epochs) with { Required = new Requirement(Relation.AtLeast, e) }] : Array.Empty<Measurement>(),
        ];
        if ((options.Steps is not null && steps is null) || (options.Epochs is not null && epochs is null))
        {
            var what = options.Steps is not null && steps is null ? "step" : "epoch";
            return Judgement.Inconclusive(SafeText.Of($"no checkpoint, log or model states the {what} that training came to")) with { Measurements = measurements };
        }

        var findings = new List<Finding>();
        Hold("step", steps, options.Steps);
        Hold("epoch", epochs, options.Epochs);
        return findings.Count > 0
            ? Judgement.Of(findings[0].Message, measurements, findings)
            : Judgement.Of(SafeText.Of($"training came to {Came(steps, epochs)}, by {path}"), measurements, []);

        void Hold(string unit, long? value, int? least)
        {
            if (least is { } wanted && value < wanted)
            {
                findings.Add(new Finding(SafeText.Of($"training came to {SafeText.Count(value!.Value, unit)}, by {path}, and has to come to {wanted} at least"))
                {
                    Remedy = SafeText.Of($"Train on from the last checkpoint, or bring the later ones."),
                    Evidence = measurements,
                });
            }
        }
    }

    private static SafeText Came(long? steps, long? epochs) => (steps, epochs) switch
    {
        ({ } s, { } e) => SafeText.Of($"{SafeText.Count(s, "step")} and {SafeText.Count(e, "epoch")}"),
        ({ } s, null) => SafeText.Count(s, "step"),
        (null, { } e) => SafeText.Count(e, "epoch"),
        _ => SafeText.Of($"nothing that is known"),
    };

    private static (string Path, long? Steps, long? Epochs) Reached(Subject subject, ArtifactRole role, IMeasured measured)
    {
        var companions = subject.Of(role).Where(f => !CheckpointCompanions.IsOfModel(f)).ToArray();
        TrainingProgress[] all =
        [
            .. subject.Of(role).Where(CheckpointCompanions.IsOfModel).Select(f => (File: f, Progress: measured.Find(f, new ProgressMeasure()))).Where(f => f.Progress is not null)
                .Select(f => f.Progress!.With([.. CheckpointCompanions.Of(f.File, companions).Select(c => measured.Find(c, new ProgressMeasure())).OfType<TrainingProgress>()])),
        ];
        return FinalCheckpoints.Of(all) is [var final, ..] ? (final.File.Path, final.Step, final.Epoch) : ("", null, null);
    }

    private static (string Path, long? Steps, long? Epochs)? Logged(Subject subject, IMeasured measured)
        => subject.Of(ArtifactRole.Log).Select(f => measured.Find(f, new LoggedProgressMeasure())).OfType<LoggedProgress>().Where(l => l.LastStep is not null || l.Epoch is not null).MaxBy(l => l.LastStep) is { } log
            ? (log.Path, log.LastStep, log.Epoch)
            : null;
}

using ModelGate.Gates.Checkpoints;
using ModelGate.ModelRuns;
using ModelGate.Runs;
using ModelGate.Signals.Checkpoints;
using ModelGate.Signals.Running;
using ModelGate.Signals.Weights;

namespace ModelGate.Gates.Running;

/// <summary>The export makes the same audio of the same input as the checkpoint that it should come from, within what half precision costs.</summary>
[GateId("MG8005")]
internal sealed class ExportMustActLikeCheckpoint : Gate<ExportMustActLikeCheckpoint.Options>
{
    private const int Frames = 64;

    /// <summary>Which checkpoint has to be exported, how far the two may be apart, and what running them may cost.</summary>
    public sealed record Options : IModelRunOptions
    {
        /// <summary>Which checkpoint has to be exported, as in final-checkpoint-must-be-exported; "final" by default.</summary>
        public CheckpointPolicy Policy { get; init; } = CheckpointPolicy.Final;

        /// <summary>How far the export's output may be from the checkpoint's, in dB relative to the level of the checkpoint's output; -30 by default.</summary>
        [Range(-200, 20)]
        public double Difference { get; init; } = -30;

        /// <summary>How long each step may take, in seconds; 60 by default.</summary>
        [Range(1, 3600)]
        public int TimeLimit { get; init; } = 60;

        /// <summary>How much memory the process may use, in MiB; 4096 by default.</summary>
        [Range(64, 1_048_576)]
        public int MemoryLimit { get; init; } = 4096;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<ArtifactRole> Roles => [ArtifactRole.Model, ArtifactRole.Checkpoints];

    /// <inheritdoc/>
    public override IReadOnlyList<ArtifactRole> RolesOptional => [ArtifactRole.Config];

    /// <inheritdoc/>
    public override bool RunsModels => true;

    /// <inheritdoc/>
    protected override IEnumerable<Subject> Select(RoleFiles files, Options options)
        => files.Missing(ArtifactRole.Checkpoints) is { IsEmpty: false } problem
            ? [Subject.Impossible(problem)]
            : files.Each(ArtifactRole.Model).Select(s => s.Files.Count == 0 ? s : s with
            {
                Files = [.. s.Files, .. files.Of(ArtifactRole.Checkpoints).Where(f => CheckpointCompanions.IsOfModel(f) || CheckpointCompanions.Tells(f)), .. files.Of(ArtifactRole.Config) is [var config] ? [config] : Array.Empty<RoleFile>()],
                SupersededBy = ExportedVersions.JudgedInPlaceOf(s.Files[0], files.Of(ArtifactRole.Model), options.Policy),
            });

    /// <inheritdoc/>
    protected override IEnumerable<Need> Needs(Subject subject, Options options)
        => subject.Files.Where(f => f.Role == ArtifactRole.Model || (f.Role == ArtifactRole.Checkpoints && CheckpointCompanions.IsOfModel(f)))
            .SelectMany(f => new Need[] { new(f, new DigestMeasure()), new(f, new ProgressMeasure()), new(f, new OutlineMeasure()) });

    /// <inheritdoc/>
    protected override IEnumerable<Need> OptionalNeeds(Subject subject, Options options)
        => subject.Of(ArtifactRole.Checkpoints).Where(f => !CheckpointCompanions.IsOfModel(f)).Select(f => new Need(f, new ProgressMeasure()));

    /// <inheritdoc/>
    protected override Judgement? Judge(Subject subject, Options options, IMeasured measured)
    {
        // An earlier save of the same export belongs to an earlier checkpoint.
        if (subject.SupersededBy is not null)
        {
            return null;
        }

        var run = new ExportCandidates(subject, options.Policy, measured, []);
        if (run.Finals.Count == 0)
        {
            return Judgement.Inconclusive(SafeText.Of($"none of {SafeText.Count(run.Progress.Count, "checkpoint")} is known to be the one that has to be exported"));
        }

        var chosen = run.Source is { } found && run.Finals.Contains(found.Progress) ? found.Progress : run.Finals[0];
        var source = subject.Of(ArtifactRole.Checkpoints).First(f => f.Path == chosen.File.Path);
        var (export, problem) = RunnableModels.Of(run.Model, measured.Of(run.Model, new OutlineMeasure()), subject);
        var (checkpoint, other) = RunnableModels.Of(source, measured.Of(source, new OutlineMeasure()), subject);
        return export is null || checkpoint is null
            ? Judgement.Inconclusive(export is null ? problem : other)
            : export.IsProgram
            ? Judgement.Inconclusive(SafeText.Of($"{export.Path} is a program, and ModelGate cannot know what inputs it expects: compare it with recorded outputs in model-must-run"))
            : Judge(export, checkpoint, options, measured);
    }

    private static Judgement Judge(RunnableModel export, RunnableModel checkpoint, Options options, IMeasured measured)
    {
        var recorded = $"checkpoint/{checkpoint.Path}.safetensors";
        var run = new ModelRunStep.Run { Generate = new GeneratedInputs(Frames, 1, 1) };
        var before = checkpoint.Run(measured, options, new ModelRunStep.Load(), run with { Output = recorded });
        if (checkpoint.ProblemAfterLoading(before) is { } unknown)
        {
            return unknown;
        }

        var after = export.Run(measured, options, new ModelRunStep.Load(), run with { Expected = recorded });
        if (export.ProblemAfterLoading(after) is { } problem)
        {
            return problem;
        }

        var level = before.Answers[1].Outputs is [{ Rms: { } rms }, ..] ? rms : 0;
        var found = after.Answers[1].Difference;
        if (level <= 0)
        {
            return Judgement.Inconclusive(SafeText.Of($"{checkpoint.Path} makes silence of the input, so that nothing can be compared with it"));
        }

        var required = new Requirement(Relation.AtMost, options.Difference);
        if (found?.Rms is not { } difference)
        {
            var unequal = SafeText.Of($"{export.Path} makes something else of the same input than {checkpoint.Path}: {SafeText.From(found?.At ?? "nothing that can be compared")}");
            return Judgement.Of(unequal, [ExportDifference.Info.Of(export.Path, null) with { Required = required }], [new Finding(unequal)]);
        }

        var decibels = difference == 0 ? double.NegativeInfinity : 20 * Math.Log10(difference / level);
        var measurement = ExportDifference.Info.Of(export.Path, decibels) with { Required = required, Text = difference == 0 ? SafeText.Of($"equal") : default };
        return decibels <= options.Difference
            ? Judgement.Of(
                difference == 0
                    ? SafeText.Of($"{export.Path} makes of the same input exactly what {checkpoint.Path} makes")
                    : SafeText.Of($"{export.Path} makes of the same input what {checkpoint.Path} makes: the difference is {decibels:0.0} dB of it"),
                [measurement],
                [])
            : Judgement.Of(
                SafeText.Of($"{export.Path} does not act like {checkpoint.Path}: given the same input, its audio differs by {decibels:0.0} dB"),
                [measurement],
                [new Finding(SafeText.Of($"given the same input, the audio of the export differs from that of {checkpoint.Path} by {decibels:0.0} dB relative to its level; rounding to half precision stays below {NumberText.OfLimit(options.Difference)} dB"))
                {
                    Remedy = SafeText.Of($"Export {checkpoint.Path} again; final-checkpoint-must-be-exported says whose weights these are"),
                    Evidence = [measurement],
                }]);
    }
}

using ModelGate.Gates.Audio;
using ModelGate.Gates.Checkpoints;
using ModelGate.Gates.Keys;
using ModelGate.ModelRuns;
using ModelGate.Runs;
using ModelGate.Signals.Audio;
using ModelGate.Signals.Audio.Pairs;
using ModelGate.Signals.Checkpoints;
using ModelGate.Signals.Mathematics;
using ModelGate.Signals.Running;
using ModelGate.Signals.Weights;

namespace ModelGate.Gates.Running;

/// <summary>What the model makes of a recording's own features or mel spectrogram resembles the recording.</summary>
[GateId("MG8003")]
internal sealed class CopySynthesisMustResembleInput : Gate<CopySynthesisMustResembleInput.Options>
{
    private const string Folder = "copy-synthesis";

    private static readonly ArtifactRole[] OfData = [ArtifactRole.Recordings, ArtifactRole.Reference, ArtifactRole.Features, ArtifactRole.Pitch, ArtifactRole.FinePitch];

    /// <summary>How near a copy has to come, how many are made, and what that may cost.</summary>
    public sealed record Options : IModelRunOptions
    {
        /// <summary>Largest log-mel distance of a copy from its recording, frame by frame and at equal levels, the median over the segments; 1 by default.</summary>
        [Range(0, 20)]
        public double Distance { get; init; } = 1;

        /// <summary>Lowest correlation over time of a copy's mel bands with its recording's, the median over the segments; 0.6 by default.</summary>
        [Range(-1, 1)]
        public double Correlation { get; init; } = 0.6;

        /// <summary>How many segments of the data set are resynthesized, spread evenly over it; 3 by default.</summary>
        [Range(1, 100)]
        public int Segments { get; init; } = 3;

        /// <summary>The number of the speaker, for models of several voices; 0 by default.</summary>
        [Range(0, 100_000)]
        public int Speaker { get; init; }

        /// <summary>How long each segment may take, in seconds; 120 by default.</summary>
        [Range(1, 3600)]
        public int TimeLimit { get; init; } = 120;

        /// <summary>How much memory the process may use, in MiB; 4096 by default.</summary>
        [Range(64, 1_048_576)]
        public int MemoryLimit { get; init; } = 4096;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<ArtifactRole> Roles => [];

    /// <inheritdoc/>
    public override IReadOnlyList<ArtifactRole> RolesAnyOf => [ArtifactRole.Recordings, ArtifactRole.Reference];

    /// <inheritdoc/>
    public override IReadOnlyList<ArtifactRole> RolesOptional
        => [ArtifactRole.Model, ArtifactRole.Checkpoints, ArtifactRole.Config, ArtifactRole.Features, ArtifactRole.Pitch, ArtifactRole.FinePitch];

    /// <inheritdoc/>
    public override bool RunsModels => true;

    /// <inheritdoc/>
    protected override IEnumerable<Subject> Select(RoleFiles files, Options options)
    {
        if (OfData.Select(files.Missing).FirstOrDefault(m => !m.IsEmpty) is { IsEmpty: false } missing)
        {
            return [Subject.Impossible(missing)];
        }

        var segments = CopiedSegments.Of(OfData.SelectMany(files.Of), options.Segments);
        return segments.Count == 0
            ? [Subject.Impossible(SafeText.Of($"no recording has features of its name, so there is nothing to resynthesize"))]
            : RunnableModels.Of(files).Select(s => s.Files.Count == 0 ? s : s with
            {
                // The checkpoint tells an export that is at fault from a training that is.
                Files = [.. s.Files.Union(files.Of(ArtifactRole.Checkpoints).Where(CheckpointCompanions.IsOfModel)), .. segments.SelectMany(x => x.Files)],
            });
    }

    /// <inheritdoc/>
    protected override IEnumerable<Need> Needs(Subject subject, Options options)
        => JudgedModels.Needs(IsOfModel(subject) ? subject with { Files = [.. subject.Of(ArtifactRole.Model)] } : subject);

    /// <inheritdoc/>
    protected override IEnumerable<Need> OptionalNeeds(Subject subject, Options options)
        => SegmentsOf(subject).Select(s => new Need(s.Recording, new ClipFormMeasure())).Concat(JudgedModels.Needs(subject));

    /// <inheritdoc/>
    protected override IEnumerable<Need> PictureNeeds(Subject subject, Options options) => SegmentsOf(subject).Select(s => new Need(s.Recording, new SpectrogramMeasure()));

    /// <inheritdoc/>
    protected override Judgement Judge(Subject subject, Options options, IMeasured measured)
    {
        var (model, problem) = RunnableModels.Choose(subject, measured);
        if (model is null)
        {
            return Judgement.Inconclusive(problem);
        }

        if (model.IsProgram)
        {
            return Judgement.Inconclusive(SafeText.Of($"ModelGate cannot know what inputs {model.Path} expects: only weights of HiFi-GAN, BigVGAN and RVC can make copies")) with { Path = model.Path };
        }

        var copies = CopiesOf(subject, model, options, measured);
        return (copies.Problem ?? Judge(copies, model, options, subject, measured)) with { Path = model.Path, Copies = copies.Problem is null ? [.. copies.All.Select(c => (c.Copy, c.Segment.Recording))] : [] };
    }

    /// <inheritdoc/>
    protected override IEnumerable<Exhibit> Show(Subject subject, Options options, IMeasured measured)
        => RunnableModels.Choose(subject, measured).Model is { IsProgram: false } model && CopiesOf(subject, model, options, measured) is { Problem: null, All: [_, ..] all }
            && all.Where(c => c.Found.Mel is not null).MaxBy(c => c.Found.Mel!.Levelled) is { } worst
            && measured.Find(worst.Segment.Recording, new ClipFormMeasure()) is not null
            ? PairExhibits.Of(worst.Copy, worst.Segment.Recording, measured)
            : [];

    private static Judgement Judge(Copies copies, RunnableModel model, Options options, Subject subject, IMeasured measured)
    {
        if (copies.Distance is not { } distance || copies.Correlation is not { } correlation)
        {
            return Judgement.Inconclusive(SafeText.Of($"the recordings are silent or too short, so there is nothing to resemble"));
        }

        var checks = new LimitChecks(model.Path);
        var count = SafeText.Count(copies.Telling.Length, "segment");
        checks.Require(
            CopyDistance.Info,
            distance,
            Relation.AtMost,
            options.Distance,
            SafeText.Of($"what {model.Path} makes of the recordings' own {copies.Made} lies {distance:0.00} from them in log-mel (the median of {count}); a copy may be at most {NumberText.OfLimit(options.Distance)} away"),
            SafeText.Of($"Listen to the copies: what is rough or dull all over was trained too briefly, and what hisses may be a bad export"));
        checks.Require(
            CopyCorrelation.Info,
            correlation,
            Relation.AtLeast,
            options.Correlation,
            SafeText.Of($"what {model.Path} makes of the recordings' own {copies.Made} does not follow them over time: correlation {correlation:0.00} of the mel bands (the median of {count}); a copy reaches at least {NumberText.OfLimit(options.Correlation)}"),
            SafeText.Of($"Babble comes from features that belonged to other recordings in training (features-must-belong-to-their-audio)"));
        foreach (var copy in copies.Telling)
        {
            checks.Note(CopyDistance.Info, copy.Found.Mel!.Levelled, SafeText.From(copy.Segment.Recording.Path));
            checks.Note(CopyCorrelation.Info, copy.Found.Mel.Correlation, SafeText.From(copy.Segment.Recording.Path));
        }

        if (checks.AreMet)
        {
            return checks.Judge(SafeText.Of($"what it makes of {SafeText.From(copies.Made == "features" ? "features and pitch" : "mel spectrograms")} of {count} resembles the recordings: log-mel distance {distance:0.00}, correlation {correlation:0.00}"));
        }

        var told = OfCheckpoint(model, options, subject, measured);
        var judgement = checks.Judge(default);
        return told is not { } source
            ? judgement
            : judgement with
            {
                Summary = SafeText.Of($"{judgement.Summary}; {source.Sentence}"),
                Measurements = [.. judgement.Measurements, .. source.Measurements],
            };
    }

    // Where an export fails, the final checkpoint is tried as well: it tells whose fault it is.
    private static (SafeText Sentence, IReadOnlyList<Measurement> Measurements)? OfCheckpoint(RunnableModel model, Options options, Subject subject, IMeasured measured)
    {
        if (model.File.Role != ArtifactRole.Model)
        {
            return null;
        }

        var progress = subject.Of(ArtifactRole.Checkpoints).Where(f => f.Path != model.Path)
            .Select(f => (File: f, Progress: measured.Find(f, new ProgressMeasure()))).Where(p => p.Progress is not null).ToDictionary(p => p.Progress!, p => p.File);
        if (FinalCheckpoints.Of([.. progress.Keys]) is not [var final, ..] || measured.Find(progress[final], new OutlineMeasure()) is not { } outline
            || RunnableModels.Of(progress[final], outline, subject).Model is not { } checkpoint
            || CopiesOf(subject, checkpoint, options, measured) is not { Problem: null, Distance: { } distance, Correlation: { } correlation })
        {
            return null;
        }

        var speaks = distance <= options.Distance && correlation >= options.Correlation;
        return (
            speaks
                ? SafeText.Of($"the checkpoint {checkpoint.Path} makes good copies of the same (distance {distance:0.00}, correlation {correlation:0.00}), so the export is at fault")
                : SafeText.Of($"the checkpoint {checkpoint.Path} does no better (distance {distance:0.00}, correlation {correlation:0.00}), so the export is not at fault"),
            [
                CopyDistance.Info.Of(model.Path, distance, SafeText.From(checkpoint.Path)) with { Required = new(Relation.AtMost, options.Distance) },
                CopyCorrelation.Info.Of(model.Path, correlation, SafeText.From(checkpoint.Path)) with { Required = new(Relation.AtLeast, options.Correlation) },
            ]);
    }

    private static Copies CopiesOf(Subject subject, RunnableModel model, Options options, IMeasured measured)
    {
        var segments = SegmentsOf(subject);
        var copies = segments.Select(s => (Segment: s, Copy: new RoleFile(ArtifactRole.Output, $"{Folder}/{model.Path}/{s.Recording.Path}"))).ToArray();
        var made = segments.Any(s => s.Features is not null) ? "features" : "mel spectrograms";
        var report = model.Run(measured, options, [new ModelRunStep.Load(), .. copies.Select(c => c.Segment.Step(c.Copy, options.Speaker))]);
        if (model.ProblemAfterLoading(report) is { } problem)
        {
            return new Copies([], made) { Problem = problem };
        }

        if (report.Answers.Skip(1).Index().FirstOrDefault(a => a.Item.Outputs is [{ Finite: false }, ..]) is { Item: not null } broken)
        {
            return new Copies([], made) { Problem = NotFinite(model, copies[broken.Index].Segment) };
        }

        MadeCopy[] all = [.. copies.Select(c => new MadeCopy(c.Segment, c.Copy, measured.Compare(c.Copy, c.Segment.Recording, new RecordingComparisonMeasure())))];
        return Array.Find(all, c => !c.Found.Problem.IsEmpty) is { } incomparable
            ? new Copies([], made) { Problem = Judgement.Inconclusive(SafeText.Of($"{incomparable.Segment.Recording.Path} cannot be compared with its copy: {incomparable.Found.Problem}")) }
            : new Copies(all, made);
    }

    // It would be written as silence, and judged as such.
    private static Judgement NotFinite(RunnableModel model, CopiedSegment segment)
    {
        var finding = new Finding(SafeText.Of($"what {model.Path} makes of {segment.Recording.Path} holds NaN or infinity"))
        {
            Remedy = RunnableModel.NotFiniteRemedy,
        };
        return Judgement.Of(finding.Message, [], [finding]);
    }

    private static IReadOnlyList<CopiedSegment> SegmentsOf(Subject subject) => CopiedSegments.Of(subject.Files.Where(f => OfData.Contains(f.Role)), int.MaxValue);

    private static bool IsOfModel(Subject subject) => subject.Of(ArtifactRole.Model).Any();

    private sealed record MadeCopy(CopiedSegment Segment, RoleFile Copy, RecordingComparison Found);

    private sealed record Copies(IReadOnlyList<MadeCopy> All, string Made)
    {
        public Judgement? Problem { get; init; }

        /// <summary>Those whose recording is active and whose copy is not silent.</summary>
        public MadeCopy[] Telling => [.. All.Where(c => c.Found.Mel is { Active: not null })];

        // A silent copy cannot be brought to any level.
        public double? Distance => Median(c => c.Levelled ?? c.All);

        public double? Correlation => Median(c => c.Correlation ?? 0);

        private double? Median(Func<MelComparison, double> value) => Telling is [_, ..] telling ? OrderStatistics.Median([.. telling.Select(c => value(c.Found.Mel!))]) : null;
    }
}

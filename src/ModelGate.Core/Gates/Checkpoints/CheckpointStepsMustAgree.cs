using ModelGate.Runs;
using ModelGate.Signals.Checkpoints;
using ModelGate.Trainers;

namespace ModelGate.Gates.Checkpoints;

/// <summary>What a checkpoint's name says of its step, what the file says, and what the other checkpoints say fit together.</summary>
[GateId("MG2002")]
internal sealed class CheckpointStepsMustAgree : Gate<CheckpointStepsMustAgree.Options>
{
    /// <summary>How the trainer saves.</summary>
    public sealed record Options
    {
        /// <summary>Whether checkpoints are saved at the end of an epoch alone, as RVC and Applio do: the step is then the epoch times the same number in all of them. Otherwise it has to lie within its epoch.</summary>
        public bool WholeEpochs { get; init; }
    }

    /// <inheritdoc/>
    public override IReadOnlyList<ArtifactRole> Roles => [ArtifactRole.Checkpoints];

    /// <inheritdoc/>
    protected override IEnumerable<Subject> Select(RoleFiles files, Options options)
        => files.Missing(ArtifactRole.Checkpoints) is { IsEmpty: false } problem
            ? [Subject.Impossible(problem)]
            : [new Subject("", [.. files.Of(ArtifactRole.Checkpoints).Where(f => CheckpointCompanions.IsOfModel(f) || CheckpointCompanions.Tells(f))])];

    /// <inheritdoc/>
    protected override IEnumerable<Need> Needs(Subject subject, Options options) => [];

    /// <inheritdoc/>
    protected override IEnumerable<Need> OptionalNeeds(Subject subject, Options options) => subject.Files.Select(f => new Need(f, new ProgressMeasure()));

    /// <inheritdoc/>
    protected override Judgement Judge(Subject subject, Options options, IMeasured measured)
    {
        var all = subject.Files.Select(f => (File: f, Progress: measured.Find(f, new ProgressMeasure()))).Where(f => f.Progress is not null).Select(f => (f.File, Progress: f.Progress!)).ToArray();
        var companions = all.Where(f => !CheckpointCompanions.IsOfModel(f.File)).ToArray();
        var own = all.Where(f => CheckpointCompanions.IsOfModel(f.File)).ToArray();
        if (own.Length == 0)
        {
            return Judgement.Inconclusive(SafeText.Of($"no checkpoint could be read, of {SafeText.Count(subject.Files.Count, "file")}"));
        }

        TrainingProgress[] run = [.. own.Select(f => f.Progress.With([.. CheckpointCompanions.Of(f.File, companions.Select(c => c.File)).Select(c => measured.Find(c, new ProgressMeasure())).OfType<TrainingProgress>()]))];
        var findings = new List<Finding>();
        var compared = Stated(run, findings) + Pairs(own, companions, findings) + (findings.Count == 0 ? Epochs(run, options, findings) : 0);
        if (FinalCheckpoints.Contradiction(run) is { } contradiction && findings.Count == 0)
        {
            findings.Add(new Finding(SafeText.Of($"{contradiction.Higher.File.Path} has the higher step in its name and less training inside than {contradiction.Lower.File.Path}")) { Remedy = Renamed });
        }

        compared += run.Count(p => p.NameStep is not null && p.OptimizerStep is not null) > 1 ? 1 : 0;
        Measurement[] measurements = 
        [
            .. run.Where(p => p.Step is not null).Select(p => TrainingStep.Info.Of(p.File.Path, p.Step)),
            .. run.Where(p => p.Epoch is not null).Select(p => TrainingEpoch.Info.Of(p.File.Path, p.Epoch)),
        ];
        if (findings.Count > 0)
        {
            return Judgement.Of(findings[0].Message, measurements, findings);
        }

        var final = Final(run);
        return compared == 0
            ? Judgement.Nothing(SafeText.Of($"nothing in {SafeText.Count(run.Length, "checkpoint")} says its step twice, so nothing can be compared{final}")) with { Measurements = measurements }
            : Judgement.Of(SafeText.Of($"names, contents and epochs of {SafeText.Count(run.Length, "checkpoint")} agree{final}"), measurements, []);
    }

    private static SafeText Renamed => SafeText.Of($"Find out which file was renamed, or copied from another run: until then nobody can say which checkpoint is the final one.");

    // A word in a name, and the trainer's own count; or what the file calls a step, where any file shows that it means the number in the name.
    private static int Stated(TrainingProgress[] run, List<Finding> findings)
    {
        var contentIsStep = run.Any(p => p.NameStep is { } step && p.ContentStep == step);
        var compared = 0;
        foreach (var progress in run)
        {
            if (progress.NameStep is { } name && (progress.GlobalStep ?? (contentIsStep || progress.Name.IsLabelled ? progress.ContentStep : null)) is { } inside)
            {
                compared++;
                if (name != inside)
                {
                    findings.Add(new Finding(SafeText.Of($"{progress.File.Path} says step {name} in its name, and step {inside} inside")) { Remedy = Renamed });
                }
            }
        }

        return compared;
    }

    // A generator and its discriminator are saved one after the other: a lone one is of a save that was cut short.
    private static int Pairs((RoleFile File, TrainingProgress Progress)[] own, (RoleFile File, TrainingProgress Progress)[] companions, List<Finding> findings)
    {
        var discriminators = companions.Where(c => CheckpointCompanions.NumberOf(c.File) is not null && CheckpointName.Of(c.File.FileName).SaysDiscriminator).ToArray();
        var compared = 0;
        foreach (var (file, progress) in own)
        {
            var pair = CheckpointCompanions.Of(file, discriminators.Select(d => d.File)).ToArray();
            if (pair.Length == 0)
            {
                continue;
            }

            foreach (var (other, said) in discriminators.Where(d => pair.Contains(d.File)))
            {
                compared += progress.Epoch is not null && said.Epoch is not null ? 1 : 0;
                if (progress.Epoch is { } one && said.Epoch is { } two && one != two)
                {
                    findings.Add(new Finding(SafeText.Of($"{file.Path} is of epoch {one} and {other.Path} of epoch {two}, and their names say that they were saved together")) { Remedy = Renamed });
                }
            }
        }

        // The base model and the last save may stand alone; a discriminator without its generator means that the generator was taken away, or never written.
        foreach (var (file, _) in discriminators.Where(d => !own.Any(o => CheckpointCompanions.Of(o.File, [d.File]).Any())))
        {
            if (own.All(o => o.Progress.NameStep < CheckpointCompanions.NumberOf(file)))
            {
                findings.Add(new Finding(SafeText.Of($"{file.Path} is of a later save than every generator here: its generator is missing"))
                {
                    Remedy = SafeText.Of($"Bring the generator of that save, or train on: what is here is not the end of the run."),
                });
            }
        }

        return compared;
    }

    // Steps of an epoch are the same number throughout a run, unless its data, batch size or number of devices changed.
    private static int Epochs(TrainingProgress[] run, Options options, List<Finding> findings)
    {
        var latestOnly = TrainerCatalogue.Unknown.LatestOnly;
        var counted = run.Where(p => p is { NameStep: > 0, Epoch: > 0, GlobalStep: null, ContentStep: null } && !p.Name.IsLabelled && !latestOnly.Contains(p.NameStep.Value)).OrderBy(p => p.NameStep).ToArray();
        if (counted.Length < (options.WholeEpochs ? 1 : 2))
        {
            return 0;
        }

        if (options.WholeEpochs)
        {
            if (counted.FirstOrDefault(p => p.NameStep % p.Epoch != 0) is { } uneven)
            {
                findings.Add(new Finding(SafeText.Of($"{uneven.File.Path} says step {uneven.NameStep!.Value} in its name and epoch {uneven.Epoch!.Value} inside, which does not make a whole number of steps per epoch")) { Remedy = Renamed });
            }
            else if (counted.FirstOrDefault(p => p.NameStep / p.Epoch != counted[0].NameStep / counted[0].Epoch) is { } other)
            {
                findings.Add(new Finding(SafeText.Of($"{counted[0].File.Path} has {counted[0].NameStep!.Value / counted[0].Epoch!.Value} steps an epoch and {other.File.Path} has {other.NameStep!.Value / other.Epoch!.Value}: one of them is not what its name says, or the data set or batch size changed between them"))
                {
                    Remedy = Renamed,
                });
            }

            return counted.Length;
        }

        var least = counted.MaxBy(p => (double)p.NameStep!.Value / p.Epoch!.Value)!;
        var most = counted.Where(p => p.Epoch > 1).MinBy(p => (double)p.NameStep!.Value / (p.Epoch!.Value - 1));
        if (most is not null && (double)least.NameStep!.Value / least.Epoch!.Value > (double)most.NameStep!.Value / (most.Epoch!.Value - 1))
        {
            findings.Add(new Finding(SafeText.Of($"step {least.NameStep!.Value} in epoch {least.Epoch!.Value} ({least.File.Path}) and step {most.NameStep!.Value} in epoch {most.Epoch!.Value} ({most.File.Path}) fit no number of steps an epoch: one of them is not what its name says, or the data set or batch size changed between them"))
            {
                Remedy = Renamed,
            });
        }

        return counted.Length;
    }

    private static SafeText Final(TrainingProgress[] run)
    {
        if (FinalCheckpoints.Of(run) is not [var final, ..] || final.Step is not { } step)
        {
            return SafeText.Empty;
        }

        var others = new (string By, TrainingProgress? File)[] { ("name", FinalCheckpoints.LastByName(run)), ("the digits of the path", FinalCheckpoints.LastByPathDigits(run)), ("time", FinalCheckpoints.LastByTime(run)) }
            .Where(o => o.File is not null && o.File != final && o.File.Step != final.Step).Select(o => SafeText.Of($"by {o.By} {o.File!.File.Path}")).ToArray();
        return SafeText.Of($"; the final one is {final.File.Path}, step {step}{(others.Length == 0 ? "" : ", where a sort would have taken ")}{SafeText.Join(", ", others)}");
    }
}

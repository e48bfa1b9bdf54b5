using ModelGate.Runs;
using ModelGate.Signals.Checkpoints;

namespace ModelGate.Gates.Checkpoints;

/// <summary>An export, and the checkpoints of the run that it may come from.</summary>
internal sealed class ExportCandidates
{
    private readonly Dictionary<TrainingProgress, (RoleFile File, TensorDigests Digests)> checkpoints;
    private readonly Dictionary<TrainingProgress, IReadOnlyList<ExportPairing>> pairings = [];
    private readonly IMeasured measured;
    private readonly ExportNames names;

    /// <param name="subject">The export and the checkpoints.</param>
    /// <param name="policy">Which checkpoint has to be exported.</param>
    /// <param name="measured">What was measured on them.</param>
    /// <param name="logs">What the run's logs say of it.</param>
    public ExportCandidates(Subject subject, CheckpointPolicy policy, IMeasured measured, IReadOnlyList<LoggedProgress> logs)
    {
        this.measured = measured;
        Model = subject.First(ArtifactRole.Model);
        Export = measured.Of(Model, new DigestMeasure());
        Stated = measured.Of(Model, new ProgressMeasure());
        names = new ExportNames(Export.ByName);
        var companions = subject.Of(ArtifactRole.Checkpoints).Where(f => !CheckpointCompanions.IsOfModel(f)).ToArray();
        checkpoints = subject.Of(ArtifactRole.Checkpoints).Where(f => f.Path != Model.Path && CheckpointCompanions.IsOfModel(f)).ToDictionary(
            f => measured.Of(f, new ProgressMeasure()).With([.. CheckpointCompanions.Of(f, companions).Select(c => measured.Find(c, new ProgressMeasure())).OfType<TrainingProgress>()]),
            f => (f, measured.Of(f, new DigestMeasure())));
        All = [.. checkpoints.Keys];
        Aside = AsideOf(All);
        Progress = [.. All.Except(Aside)];
        Last = FinalCheckpoints.Of(Progress);
        RecordedBest = Last.Select(p => p.Best).Concat(logs.OrderByDescending(l => l.Epoch).Select(l => l.Best)).OfType<string>().FirstOrDefault();
        Finals = policy == CheckpointPolicy.Best ? FinalCheckpoints.Best(Progress, RecordedBest) : Last;
        Source = FindSource();
    }

    /// <summary>The export.</summary>
    public RoleFile Model { get; }

    /// <summary>The export's tensors.</summary>
    public TensorDigests Export { get; }

    /// <summary>What the export and its name say of its training.</summary>
    public TrainingProgress Stated { get; }

    /// <summary>Every file that was given as a checkpoint, ordered by path.</summary>
    public IReadOnlyList<TrainingProgress> All { get; }

    /// <summary>Files that lie beside the run's checkpoints and are none: training started from them.</summary>
    public IReadOnlyList<TrainingProgress> Aside { get; }

    /// <summary>The checkpoints of the run, ordered by path.</summary>
    public IReadOnlyList<TrainingProgress> Progress { get; }

    /// <summary>The checkpoints that were written last in training; empty where nothing tells their order.</summary>
    public IReadOnlyList<TrainingProgress> Last { get; }

    /// <summary>The checkpoints of which one has to be exported: the last ones, or the best ones; empty where nobody can tell.</summary>
    public IReadOnlyList<TrainingProgress> Finals { get; }

    /// <summary>The file or folder that the trainer recorded as its best, in its last checkpoint or its log; null where it recorded none.</summary>
    public string? RecordedBest { get; }

    /// <summary>The checkpoint whose weights the export holds: a final one where several do; null where none does.</summary>
    public (TrainingProgress Progress, ExportPairing Pairing)? Source { get; }

    /// <summary>
    /// Checkpoints of the run whose place in it nothing tells, and whose weights are not the export's: each of them may be later than the last one that is known.
    /// </summary>
    public IReadOnlyList<TrainingProgress> Unplaced()
        => [.. Progress.Where(p => p is { Step: null, Epoch: null } && !p.Name.SaysBest && !p.Name.SaysPretrained && Last.Any(l => IsLike(p, l)) && !PairingsOf(p).Any(x => (x.IsOpen ? Decide(p, x) : x).Match.IsWhole))];

    /// <summary>Every checkpoint with the set of its weights to which the export comes nearest, by digest.</summary>
    public IReadOnlyList<(TrainingProgress Progress, ExportPairing Pairing)> Nearest()
        => [.. All.Select(p => (p, PairingsOf(p).OrderByDescending(x => x.Match.EqualElements).ThenBy(x => x.Match.Absent).ThenBy(x => x.Index).First()))];

    /// <summary>Every checkpoint with how near the export comes to it, element by element.</summary>
    public IReadOnlyList<(TrainingProgress Progress, ExportMatch Match)> Ranked()
        => [.. Nearest().Select(n => (n.Progress, measured.Compare(Model, checkpoints[n.Progress].File, new MappedExportComparison(n.Pairing, StopAtFirstDifference: false))))];

    /// <summary>The sets of weights of a checkpoint.</summary>
    public IReadOnlyList<WeightSet<TensorDigest>> SetsOf(TrainingProgress progress) => checkpoints[progress].Digests.Sets;

    private (TrainingProgress Progress, ExportPairing Pairing)? FindSource()
    {
        foreach (var candidate in Finals.Concat(Last.Except(Finals)).Concat(All.Except(Finals).Except(Last).OrderByDescending(p => p.Step ?? p.Epoch)))
        {
            var whole = PairingsOf(candidate).Select(p => p.IsOpen ? Decide(candidate, p) : p).Where(p => p.Match.IsWhole)
                .OrderBy(p => p.Left.Count).ThenBy(p => p.Set.IsAverage).ThenBy(p => p.Index).ToArray();
            if (whole.Length > 0)
            {
                return (candidate, whole[0]);
            }
        }

        return null;
    }

    private IReadOnlyList<ExportPairing> PairingsOf(TrainingProgress candidate)
    {
        if (!pairings.TryGetValue(candidate, out var found))
        {
            pairings[candidate] = found = [.. ExportPairing.Of(Export, names, checkpoints[candidate].Digests)];
        }

        return found;
    }

    private ExportPairing Decide(TrainingProgress candidate, ExportPairing pairing)
        => pairing.With(measured.Compare(Model, checkpoints[candidate].File, new MappedExportComparison(pairing, StopAtFirstDifference: true)));

    // What training starts from has the run's names and no optimizer; a file of other names is of another kind and not compared.
    private TrainingProgress[] AsideOf(IReadOnlyList<TrainingProgress> all)
    {
        var trained = all.Where(p => p.HasOptimizer).ToArray();
        var aside = all.Where(p => !p.HasOptimizer && (p.Name.SaysPretrained || (p.StatedStep is null && p.Epoch is null)) && trained.Any(t => IsLike(p, t))).ToList();

        // A number in the name of a file without an optimizer may be that of another run, whose weights this one started from.
        aside.AddRange(all.Except(aside).Where(p => !p.HasOptimizer && p.GlobalStep is null && p.ContentStep is null && trained.Any(t => IsLike(p, t) && t.StatedStep is { } step && p.NameStep > step)));
        return aside.Count == all.Count ? [] : [.. aside];
    }

    private bool IsLike(TrainingProgress one, TrainingProgress other)
    {
        var (a, b) = (checkpoints[one].Digests.ByName, checkpoints[other].Digests.ByName);
        return a.Keys.Count(b.ContainsKey) * 2 > Math.Min(a.Count, b.Count);
    }
}

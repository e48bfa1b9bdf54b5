using ModelGate.Runs;
using ModelGate.Signals.Checkpoints;

namespace ModelGate.Gates.Checkpoints;

/// <summary>An export, and the checkpoints of the run that it may come from.</summary>
internal sealed class ExportCandidates
{
    private readonly Dictionary<TrainingProgress, (RoleFile File, TensorDigests Digests)> checkpoints;
    private readonly IMeasured measured;

    public ExportCandidates(Subject subject, IMeasured measured)
    {
        this.measured = measured;
        Model = subject.First(ArtifactRole.Model);
        Export = measured.Of(Model, new DigestMeasure());
        checkpoints = subject.Of(ArtifactRole.Checkpoints).ToDictionary(
            f => measured.Of(f, new ProgressMeasure()), f => (f, measured.Of(f, new DigestMeasure())));
        Progress = [.. checkpoints.Keys];
        Finals = FinalCheckpoints.Of(Progress);
        Source = FindSource();
    }

    /// <summary>The export.</summary>
    public RoleFile Model { get; }

    /// <summary>The export's tensors.</summary>
    public TensorDigests Export { get; }

    /// <summary>Every checkpoint, ordered by path.</summary>
    public IReadOnlyList<TrainingProgress> Progress { get; }

    /// <summary>The checkpoints of the highest step; empty where none states its step.</summary>
    public IReadOnlyList<TrainingProgress> Finals { get; }

    /// <summary>The checkpoint whose weights the export holds: a final one where several do; null where none does.</summary>
    public (TrainingProgress Progress, ExportMatch Match)? Source { get; }

    /// <summary>Every checkpoint with how near the export comes to it, element by element.</summary>
    public IReadOnlyList<(TrainingProgress Progress, ExportMatch Match)> Ranked()
        => [.. Progress.Select(p => (p, measured.Compare(Model, checkpoints[p].File, new ExportComparison())))];

    private (TrainingProgress Progress, ExportMatch Match)? FindSource()
    {
        foreach (var candidate in Finals.Concat(Progress.Except(Finals).OrderByDescending(p => p.Step)))
        {
            var match = ExportMatch.Of(Export, checkpoints[candidate].Digests);
            if (match.MayBeWhole)
            {
                match = measured.Compare(Model, checkpoints[candidate].File, new ExportComparison(StopAtFirstDifference: true));
            }

            if (match.IsWhole)
            {
                return (candidate, match);
            }
        }

        return null;
    }
}

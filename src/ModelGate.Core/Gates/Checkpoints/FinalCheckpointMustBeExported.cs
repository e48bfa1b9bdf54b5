using ModelGate.Runs;
using ModelGate.Signals.Checkpoints;

namespace ModelGate.Gates.Checkpoints;

/// <summary>The exported model holds the weights of the final checkpoint, which is the one of the highest step.</summary>
[GateId("MG2001")]
internal sealed class FinalCheckpointMustBeExported : Gate<FinalCheckpointMustBeExported.Options>
{
    /// <summary>Which checkpoint has to be exported, and what an export may leave out.</summary>
    public sealed record Options
    {
        /// <summary>Which checkpoint has to be exported: "final" is the one of the highest step, compared as a number; the default.</summary>
        public CheckpointPolicy Policy { get; init; } = CheckpointPolicy.Final;

        /// <summary>Beginnings of the names of weights that only training needs and an export leaves out; the posterior encoder of VITS and RVC by default.</summary>
        public IReadOnlyList<string> TrainingOnly { get; init; } = ["enc_q."];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<ArtifactRole> Roles => [ArtifactRole.Model, ArtifactRole.Checkpoints];

    /// <inheritdoc/>
    protected override IEnumerable<Subject> Select(RoleFiles files, Options options)
        => files.Missing(ArtifactRole.Checkpoints) is { IsEmpty: false } problem
            ? [Subject.Impossible(problem)]
            : files.Each(ArtifactRole.Model).Select(s => s with { Files = [.. s.Files, .. files.Of(ArtifactRole.Checkpoints)] });

    /// <inheritdoc/>
    protected override IEnumerable<Need> Needs(Subject subject, Options options)
        => subject.Files.Select(f => new Need(f, new DigestMeasure()))
            .Concat(subject.Of(ArtifactRole.Checkpoints).Select(f => new Need(f, new ProgressMeasure())));

    /// <inheritdoc/>
    protected override Judgement Judge(Subject subject, Options options, IMeasured measured)
    {
        var run = new ExportCandidates(subject, measured);
        if (run.Finals.Count == 0)
        {
            return Judgement.Inconclusive(SafeText.Of($"none of {run.Progress.Count} checkpoints states its step, neither in its name nor inside"));
        }

        if (run.Export.ByName.Count == 0)
        {
            return Judgement.Inconclusive(SafeText.Of($"{run.Model.Path} holds no state_dict: there are no weights to compare"));
        }

        var source = run.Source;
        var report = new ExportReport(run.Model, run.Export.Label, run.Finals[0], run.Progress);
        if (FinalCheckpoints.Contradiction(run.Progress) is { } contradiction)
        {
            return report.Contradicts(contradiction.Higher, contradiction.Lower, source ?? default);
        }

        if (source is not { } found)
        {
            return report.HasNoSource(run.Ranked());
        }

        if (!run.Finals.Contains(found.Progress))
        {
            return report.ComesFrom(found.Progress, found.Match);
        }

        var left = found.Match.Left.Where(k => !options.TrainingOnly.Any(p => k.StartsWith(p, StringComparison.Ordinal))).ToArray();
        return left.Length == 0 ? report.IsFinal(found.Progress, found.Match) : report.LeavesOut(found.Progress, found.Match, left);
    }

    /// <inheritdoc/>
    protected override IEnumerable<Exhibit> Show(Subject subject, Options options, IMeasured measured)
    {
        var run = new ExportCandidates(subject, measured);
        if (run.Finals.Count > 0 && run.Export.ByName.Count > 0)
        {
            yield return CheckpointChoices.Of(run.Progress, run.Finals[0], run.Source?.Progress);
        }
    }
}

/// <summary>Which checkpoint of a run has to be exported.</summary>
internal enum CheckpointPolicy
{
    /// <summary>The one of the highest step.</summary>
    Final,
}

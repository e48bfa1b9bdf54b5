using ModelGate.Artifacts;
using ModelGate.Runs;
using ModelGate.Signals;

namespace ModelGate.Gates;

/// <summary>The exported model holds the weights of the final checkpoint, which is the one of the highest step.</summary>
[GateId("MG2001")]
internal sealed class FinalCheckpointMustBeExported : Gate<ExportedModel, FinalCheckpointMustBeExported.Options>
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
    protected override IEnumerable<Selection<ExportedModel>> Select(ArtifactSet artifacts)
    {
        var checkpoints = artifacts.Files<Checkpoint>(ArtifactRole.Checkpoints).ToArray();

        // An unreadable checkpoint may be the final one: an interrupted save is always the newest.
        var unreadable = checkpoints.FirstOrDefault(c => c.Subject is null);
        foreach (var model in artifacts.Files<Checkpoint>(ArtifactRole.Model))
        {
            yield return (model.Subject, unreadable) switch
            {
                (null, _) => new(model.Artifact, model.Problem),
                (_, { } checkpoint) => new(model.Artifact, checkpoint.Problem),
                var (file, _) => new(file.Path, new ExportedModel(file, [.. checkpoints.Select(c => c.Subject!)])),
            };
        }
    }

    /// <inheritdoc/>
    public override Judgement Judge(ExportedModel subject, Options options, CancellationToken cancellation = default)
    {
        var progress = subject.Checkpoints.Select(TrainingProgress.Of).ToArray();
        var finals = FinalCheckpoints.Of(progress);
        if (finals.Count == 0)
        {
            return Judgement.Inconclusive(SafeText.Of($"none of {progress.Length} checkpoints states its step, neither in its name nor inside"));
        }

        var model = subject.Model;
        if (model.Content.Weights.Count == 0)
        {
            return Judgement.Inconclusive(SafeText.Of($"{model.Path} holds no state_dict: there are no weights to compare"));
        }

        var sources = Sources(model.Content, finals, progress, cancellation);
        var report = new ExportReport(model, finals[0], progress);
        if (FinalCheckpoints.Contradiction(progress) is { } contradiction)
        {
            return report.Contradicts(contradiction.Higher, contradiction.Lower, sources.FirstOrDefault());
        }

        if (sources.Count == 0)
        {
            return report.HasNoSource([.. progress.Select(p => (p, ExportMatch.Rank(model.Content, p.File.Content, cancellation)))]);
        }

        var final = sources.FirstOrDefault(s => finals.Contains(s.Progress));
        if (final.Progress is null)
        {
            return report.ComesFrom(sources[0].Progress, sources[0].Match);
        }

        var left = final.Match.Left.Where(k => !options.TrainingOnly.Any(p => k.StartsWith(p, StringComparison.Ordinal))).ToArray();
        return left.Length == 0 ? report.IsFinal(final.Progress, final.Match) : report.LeavesOut(final.Progress, final.Match, left);
    }

    /// <inheritdoc/>
    protected override IEnumerable<Exhibit> Show(ExportedModel subject, Options options, CancellationToken cancellation)
    {
        var progress = subject.Checkpoints.Select(TrainingProgress.Of).ToArray();
        var finals = FinalCheckpoints.Of(progress);
        if (finals.Count > 0 && subject.Model.Content.Weights.Count > 0)
        {
            var sources = Sources(subject.Model.Content, finals, progress, cancellation);
            yield return CheckpointChoices.Of(progress, finals[0], sources.FirstOrDefault().Progress);
        }
    }

    // The final checkpoint first: where all is well nothing else has to be read.
    private static List<(TrainingProgress Progress, ExportMatch Match)> Sources(
        Checkpoint export, IReadOnlyList<TrainingProgress> finals, IReadOnlyList<TrainingProgress> all, CancellationToken cancellation)
    {
        var sources = new List<(TrainingProgress, ExportMatch)>();
        foreach (var candidate in finals.Concat(all.Except(finals).OrderByDescending(p => p.Step)))
        {
            var match = ExportMatch.Test(export, candidate.File.Content, cancellation);
            if (match.IsWhole)
            {
                sources.Add((candidate, match));
                break;
            }
        }

        return sources;
    }
}

/// <summary>Which checkpoint of a run has to be exported.</summary>
internal enum CheckpointPolicy
{
    /// <summary>The one of the highest step.</summary>
    Final,
}

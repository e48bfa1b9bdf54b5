using ModelGate.Runs;
using ModelGate.Signals.Curves.Joining;

namespace ModelGate.Gates.Curves;

/// <summary>A gate over the training runs that the logs tell of, each with all of its files.</summary>
/// <typeparam name="TOptions">The options, with their defaults: a record nested in the gate.</typeparam>
internal abstract class RunGate<TOptions> : Gate<TOptions>
    where TOptions : class
{
    private const int MostDisagreements = 2;

    /// <inheritdoc/>
    public sealed override IReadOnlyList<ArtifactRole> Roles => [ArtifactRole.Log];

    /// <inheritdoc/>
    public sealed override IReadOnlyList<ArtifactRole> RolesOptional => [ArtifactRole.Checkpoints];

    /// <inheritdoc/>
    protected sealed override IEnumerable<Subject> Select(RoleFiles files, TOptions options) => RunFiles.Select(files);

    /// <inheritdoc/>
    protected sealed override IEnumerable<Need> Needs(Subject subject, TOptions options) => subject.Files.Select(f => new Need(f, new RunLogMeasure()));

    /// <inheritdoc/>
    protected sealed override Judgement? Judge(Subject subject, TOptions options, IMeasured measured) => Judge(RunOf(subject, measured), subject, options);

    /// <summary>Judges a run.</summary>
    protected abstract Judgement? Judge(TrainingRun run, Subject subject, TOptions options);

    /// <summary>The run of a subject.</summary>
    protected static TrainingRun RunOf(Subject subject, IMeasured measured)
        => RunJoining.Join([.. subject.Files.Select(f => (f.Path, RunFiles.PrefixOf(f, subject.Files), measured.Of(f, new RunLogMeasure())))]);

    /// <summary>How many logs tell of the run, which start is judged, and where the logs do not agree; empty for one log of one start.</summary>
    protected static SafeText About(TrainingRun run)
    {
        var parts = new List<SafeText>();
        if (run.Paths.Count > 1)
        {
            parts.Add(SafeText.Of($"{run.Paths.Count} logs are one run"));
        }

        if (run.Log.Abandoned is [.., var before])
        {
            var count = run.Log.Abandoned.Count + 1;
            var came = before.Epoch is { } epoch ? SafeText.Of($"step {before.LastStep}, epoch {epoch}") : SafeText.Of($"step {before.LastStep}");
            parts.Add(SafeText.Of($"start {count} of {count}: training began again from nothing, and the start before it had come to {came}"));
        }

        parts.AddRange(run.Disagreements.Take(MostDisagreements).Select(d => SafeText.Of(
            $"the logs do not agree on {SafeText.From(d.Series, 40)}: they differ at {d.Count} of {SafeText.Count(d.Of, "step")}, first at step {d.Step} ({d.One:G6} and {d.Other:G6})")));
        return parts.Count == 0 ? SafeText.Empty : SafeText.Of($" ({SafeText.Join("; ", parts)})");
    }
}

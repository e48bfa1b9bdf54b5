using ModelGate.Artifacts;
using ModelGate.Configuration;
using ModelGate.Gates;
using ModelGate.Runs;

namespace ModelGate.Evaluation;

/// <summary>Runs the gates of a configuration over its artifacts.</summary>
internal static class Evaluator
{
    /// <summary>Evaluates a plan.</summary>
    /// <param name="plan">What to judge.</param>
    /// <param name="cancellation">Stops the evaluation.</param>
    /// <exception cref="OperationCanceledException">The caller wants to stop.</exception>
    public static RunRecord Run(EvaluationPlan plan, CancellationToken cancellation = default)
    {
        using var loader = new ArtifactLoader(plan.Workspace, plan.Limits, plan.Progress, cancellation);
        var artifacts = loader.Load(plan.Configuration.Artifacts, plan.ShowExhibits);
        if (plan.Configuration.Architecture is { } architecture)
        {
            artifacts.Add(ArtifactRole.Architecture, [architecture.Label], [new ArchitectureResolution(loader, plan).Resolve(architecture, plan.Limits, cancellation)]);
        }

        var results = new List<RunResult>();
        foreach (var configured in plan.Gates)
        {
            cancellation.ThrowIfCancellationRequested();
            results.AddRange(Judge(configured, artifacts));
        }

        var configuration = new RunConfiguration(SafeText.From(plan.Configuration.Path), plan.Configuration.Sha256);
        return RunRecord.Decide(configuration, loader.Loaded, results, plan.FailOn) with { Causes = RootCause.Of(results), Notes = plan.Notes };
    }

    private static List<RunResult> Judge(ConfiguredGate configured, ArtifactSet artifacts)
    {
        var gate = configured.Gate.Create();
        var absent = gate.Roles.Where(r => !artifacts.Has(r)).ToArray();
        if (absent.Length > 0)
        {
            var roles = string.Join(" and no ", absent.Select(r => r.Key()));
            return [Result(configured, SafeText.Empty, Outcome.NotApplicable, SafeText.Of($"the configuration names no {roles}"))];
        }

        if (gate.RolesAnyOf.Count > 0 && !gate.RolesAnyOf.Any(artifacts.Has))
        {
            var roles = string.Join(" or ", gate.RolesAnyOf.Select(r => r.Key()));
            return [Result(configured, SafeText.Empty, Outcome.NotApplicable, SafeText.Of($"the configuration names no {roles}"))];
        }

        var judged = new List<RunResult>();
        foreach (var judgement in gate.Judge(artifacts, configured.Options))
        {
            judged.Add(Result(configured, SafeText.From(judgement.Artifact), OutcomeOf(judgement), judgement.Summary) with
            {
                Measurements = judgement.Measurements,
                Findings = judgement.Findings,
                Exhibits = judgement.Exhibits,
            });
        }

        return judged.Count > 0
            ? judged
            : [Result(configured, SafeText.Empty, Outcome.Inconclusive, SafeText.Of($"there was nothing to judge"))];
    }

    private static RunResult Result(ConfiguredGate configured, SafeText artifact, Outcome outcome, SafeText message)
        => new(configured.Gate.Ref, artifact, configured.Severity, outcome, message, configured.At, [], []);

    private static Outcome OutcomeOf(Judgement judgement)
        => judgement.IsInconclusive ? Outcome.Inconclusive : judgement.Findings.Count > 0 ? Outcome.Failed : Outcome.Passed;
}

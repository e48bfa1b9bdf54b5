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
    public static Report Run(EvaluationPlan plan, CancellationToken cancellation = default)
    {
        using var loader = new ArtifactLoader(plan.Workspace, plan.Limits, plan.Progress, cancellation);
        var artifacts = loader.Load(plan.Configuration.Artifacts, plan.ShowExhibits);
        if (plan.Configuration.Architecture is { } architecture)
        {
            artifacts.Add(ArtifactRole.Architecture, [architecture.Label], [new ArchitectureResolution(loader, plan).Resolve(architecture, plan.Limits, cancellation)]);
        }

        var results = new List<GateResult>();
        foreach (var configured in plan.Gates)
        {
            cancellation.ThrowIfCancellationRequested();
            results.AddRange(Judge(configured, artifacts));
        }

        return new Report(
            VerdictOf(results, plan.FailOn),
            new ReportConfiguration(SafeText.From(plan.Configuration.Path), plan.Configuration.Sha256),
            loader.Loaded,
            results,
            plan.Notes)
        {
            FailOn = plan.FailOn,
            Causes = RootCause.Of(results),
        };
    }

    private static List<GateResult> Judge(ConfiguredGate configured, ArtifactSet artifacts)
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

        var judged = new List<GateResult>();
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

    private static GateResult Result(ConfiguredGate configured, SafeText artifact, Outcome outcome, SafeText message)
        => new(configured.Gate, artifact, configured.Severity, outcome, message, configured.At, [], []);

    private static Outcome OutcomeOf(Judgement judgement)
        => judgement.IsInconclusive ? Outcome.Inconclusive : judgement.Findings.Count > 0 ? Outcome.Failed : Outcome.Passed;

    private static Verdict VerdictOf(List<GateResult> results, Severity failOn)
    {
        if (results.Any(r => r.Outcome == Outcome.Failed && r.Severity >= failOn))
        {
            return Verdict.Failed;
        }

        // A configuration whose gates all lack their artifacts has judged nothing, which is not green.
        return results.Any(r => r.Outcome == Outcome.Inconclusive) || results.All(r => r.Outcome == Outcome.NotApplicable)
            ? Verdict.Inconclusive
            : Verdict.Passed;
    }
}

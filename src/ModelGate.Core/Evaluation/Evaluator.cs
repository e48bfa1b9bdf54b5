using System.Globalization;
using ModelGate.Configuration;
using ModelGate.Evaluation.Causes;
using ModelGate.Evaluation.Measuring;
using ModelGate.Evaluation.Questions;
using ModelGate.Gates;
using ModelGate.Runs;
using ModelGate.Signals.Checkpoints;

namespace ModelGate.Evaluation;

/// <summary>Runs the gates of a configuration over its artifacts.</summary>
internal static class Evaluator
{
    /// <summary>Evaluates a plan.</summary>
    /// <param name="plan">What to judge.</param>
    /// <param name="files">Opens the files; those of the plan's workspace where it is left out.</param>
    /// <param name="cancellation">Stops the evaluation.</param>
    /// <exception cref="ConfigurationException">The configuration chooses a container that no checkpoint has.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public static RunRecord Run(EvaluationPlan plan, IArtifactFiles? files = null, CancellationToken cancellation = default)
    {
        var optional = plan.Configuration.Artifacts.Where(r => r.Value.IsOptional).Select(r => r.Key).ToHashSet();
        plan = plan.WithoutAbsentRoles();
        var gates = PlannedGate.Of(plan).Where(g => !WaiverJudging.Is(g.Everywhere.Gate)).ToArray();
        var named = plan.Configuration.Artifacts.Keys.ToHashSet();
        if (plan.Configuration.Architecture is not null)
        {
            named.Add(ArtifactRole.Architecture);
        }

        SafeText AbsentOf(Gate gate) => Absent(gate, named, role => plan.IsRecognised || optional.Contains(role));
        var given = new GivenRecords(plan.Baseline, plan.History);
        bool IsGiven(PlannedGate planned) => planned.Gate is IJudgesRun judge && judge.Takes(given);
        var applicable = gates.Where(g => AbsentOf(g.Gate).IsEmpty && !IsGiven(g)).ToArray();
        var matches = new RoleMatches(plan, applicable.SelectMany(g => g.Gate.RolesRead).ToHashSet());
        var judgings = applicable
            .SelectMany(g => g.Gate.Select(matches.Files, g.Everywhere.Options).Select(s => (Planned: g, Subject: s, Here: g.For(s.Path.Length == 0 ? null : s.Path))))
            .Where(j => j.Here is not null)
            .Select(j => new Judging(j.Planned, j.Here!, j.Subject, plan.ShowExhibits, plan.ShowExhibits && plan.EmbedAudio)).ToArray();
        var running = new ModelRunning(plan, files ?? new WorkspaceFiles(plan.Workspace));
        var schedule = new JudgingSchedule(plan, matches, judgings, running);
        schedule.Run(cancellation);
        if (schedule.UnknownStateDict is { IsEmpty: false } unknown)
        {
            throw new ConfigurationException([new ConfigurationError(plan.Configuration.StateDictAt, SafeText.Of($"\"stateDict\": {unknown}"))]);
        }

        var copies = CopyJudging.Of(gates, judgings, matches.Files, plan.ShowExhibits, plan.ShowExhibits && plan.EmbedAudio);
        var second = new JudgingSchedule(plan, matches, copies, running);
        second.Run(cancellation);
        running.Keep(judgings);
        var judged = judgings.Concat(copies).ToLookup(j => j.Planned);
        List<RunResult> ResultsOf(PlannedGate g, JudgedRun run) => IsGiven(g)
            ? [Result(g, given, run)]
            : AbsentOf(g.Gate) is { IsEmpty: false } absent && !judged.Contains(g) ? [Result(g, SafeText.Empty, Outcome.NotApplicable, absent)]
            : Results(g, judged[g], plan.IsRecognised, run);

        // What judges the run is judged last, and stands where its id belongs.
        var run = gates.Where(g => g.Gate is not IJudgesRun).ToDictionary(g => g, g => ResultsOf(g, new JudgedRun([])));
        var own = new JudgedRun([.. gates.Where(run.ContainsKey).SelectMany(g => run[g])]) { Folder = plan.FullFolder, Name = plan.Model, IsOneOfSeveral = plan.IsOneOfSeveral };
        var results = WaiverJudging.Apply(plan, [.. gates.SelectMany(g => run.TryGetValue(g, out var found) ? found : ResultsOf(g, own))]);
        var configuration = new RunConfiguration(SafeText.From(plan.Configuration.Path), plan.Configuration.Sha256)
        {
            Folder = SafeText.From(plan.Folder),
            Model = SafeText.From(plan.Model),
            Part = SafeText.From(plan.Part),
        };
        var artifacts = Artifacts(schedule.Measured.Concat(second.Measured.Where(m => running.PathOf(m.File) is not null)), running.Read, file => running.PathOf(file) is not null);
        var record = RunRecord.Decide(configuration, artifacts, results, plan.FailOn);
        return record with
        {
            Causes = RootCause.Of(results, artifacts),
            Answers = record.Verdict == Verdict.Failed ? RunQuestions.Answer(results, artifacts) : [],
            Notes = [.. plan.Notes, .. matches.Unread, .. plan is { Configuration.Waivers.Count: > 0, Day: { } day } ? [SafeText.Of($"waivers are compared with {SafeText.From(day.ToString(Waiver.DayForm, CultureInfo.InvariantCulture))}")] : Array.Empty<SafeText>()],
        };
    }

    private static SafeText Absent(Gate gate, HashSet<ArtifactRole> named, Predicate<ArtifactRole> isLookedFor)
    {
        var absent = gate.Roles.Where(r => !named.Contains(r)).ToArray();
        var (wanted, conjunction) = absent.Length > 0
            ? (absent, " and no ")
            : gate.RolesAnyOf.Count > 0 && !gate.RolesAnyOf.Any(named.Contains) ? ([.. gate.RolesAnyOf], " or ") : ([], "");
        return wanted.Length == 0 ? SafeText.Empty
            : Array.TrueForAll(wanted, isLookedFor) ? SafeText.Of($"no file has the role {string.Join(" or ", wanted.Select(r => r.Key()))}")
            : SafeText.Of($"the configuration names no {string.Join(conjunction, wanted.Select(r => r.Key()))}: name one under \"artifacts\", or turn the gate off");
    }

    private static List<RunArtifact> Artifacts(IEnumerable<(RoleFile File, MeasuredFile Result)> measured, IEnumerable<RunArtifact> others, Predicate<RoleFile> isMade)
        => [.. measured
            .SelectMany(m => m.Result.ReadFrom is { } from ? [from] : m.Result.IsStated ? Array.Empty<(RoleFile, MeasuredFile)>() : [m])
            .Select(m => new RunArtifact(
                SafeText.From(m.Item1.Path), m.Item1.Role, m.Item2.Kind, m.Item2.Format, m.Item2.Bytes, m.Item2.Sha256, m.Item2.Warnings) { IsMade = isMade(m.Item1) })
            .Concat(others).DistinctBy(a => (a.Path, a.Role))
            .OrderBy(a => a.Path.Value, StringComparer.Ordinal).ThenBy(a => a.Role)];

    private static RunResult Result(PlannedGate planned, GivenRecords given, JudgedRun run)
    {
        var judgement = ((IJudgesRun)planned.Gate).Judge(given, run, planned.Everywhere.Options);
        return Result(planned, SafeText.Empty, OutcomeOf(judgement, isUnasked: false), judgement.Summary) with { Measurements = judgement.Measurements, Findings = judgement.Findings, Changes = judgement.Changes };
    }

    private static List<RunResult> Results(PlannedGate planned, IEnumerable<Judging> judgings, bool isRecognised, JudgedRun run)
    {
        var results = new List<RunResult>();
        foreach (var judging in judgings)
        {
            if (judging.Judgement is { } first)
            {
                var judgement = first.OfRun?.Invoke(run) ?? first;
                var path = judgement.Path ?? judging.Subject.Path;
                results.Add(Result(planned, SafeText.From(path), OutcomeOf(judgement, isRecognised || judging.Configured.IsPreset), judgement.Summary) with
                {
                    Severity = judging.Configured.Severity,
                    At = judging.Configured.At,
                    Identity = Identity(planned, judging.Subject, path),
                    Measurements = judgement.Measurements,
                    Findings = judgement.Findings,
                    Changes = judgement.Changes,
                    Exhibits = judging.Exhibits,
                });
            }
        }

        return results.Count > 0
            ? results
            : planned.Everywhere.IsOff
            ? [Result(planned, SafeText.Empty, Outcome.NotApplicable, SafeText.Of($"it is on for some files only, and none of them is there"))]
            : [Result(planned, SafeText.Empty, Outcome.Inconclusive, SafeText.Of($"there was nothing to judge"))];
    }

    private static RunResult Result(PlannedGate planned, SafeText artifact, Outcome outcome, SafeText message)
        => new(planned.Everywhere.Gate.Ref, artifact, planned.Everywhere.Severity, outcome, message, planned.Everywhere.At, [], []) { Identity = SafeText.From(planned.Signal) };

    // A later save of the same series is the same subject: what was wrong with one and is wrong with the next is one finding.
    private static SafeText Identity(PlannedGate planned, Subject subject, string path)
    {
        var role = subject.Files.FirstOrDefault(f => f.Path == path)?.Role ?? (planned.Gate.Roles is [var only] ? only : null);
        var isOfWeights = role is ArtifactRole.Checkpoints or ArtifactRole.Model or ArtifactRole.Pretrained or ArtifactRole.ReferenceModel;
        return SafeText.Join(" ", new[] { SafeText.From(role?.Key()), SafeText.From(CheckpointName.SeriesOf(path, isOfWeights)), SafeText.From(planned.Signal) }.Where(t => !t.IsEmpty));
    }

    private static Outcome OutcomeOf(Judgement judgement, bool isUnasked)
        => judgement.IsAboutNothing && isUnasked ? Outcome.NotApplicable
            : judgement.IsInconclusive ? Outcome.Inconclusive : judgement.Findings.Count > 0 ? Outcome.Failed : Outcome.Passed;
}

using System.Buffers;
using ModelGate.Configuration;
using ModelGate.Configuration.Binding;
using ModelGate.Gates.Data;
using ModelGate.Runs;
using ModelGate.Trainers;

namespace ModelGate.Evaluation;

/// <summary>Recognises a trainer's folder, so that a run can be judged before anyone has written a configuration.</summary>
internal static class RunRecognition
{
    private const string Name = "{name}";

    private static readonly SearchValues<char> GlobCharacters = SearchValues.Create("*?[]{}!\\");

    /// <summary>
    /// The plan for a training run's folder: that of its trainer's preset, without the roles that have no file. Null where no trainer writes such
    /// a folder, or two do and neither is known to write more than the other.
    /// </summary>
    public static EvaluationPlan? Recognise(string folder)
    {
        var workspace = Workspace.Of(folder);
        return Best(TrainerTrial.Of(workspace)) is var (best, others) ? Plan(best, others, workspace) : null;
    }

    /// <summary>The plan for a folder that holds a data set alone; null where no trainer lays one out like it.</summary>
    public static EvaluationPlan? RecogniseDataSet(string folder)
    {
        var workspace = Workspace.Of(folder);
        return Best(TrainerTrial.OfDataSets(workspace)) is var (best, others) ? Plan(best, others, workspace) : null;
    }

    /// <summary>A plan with the data set that lies in its folder, where its roles are of none.</summary>
    public static EvaluationPlan WithDataSet(EvaluationPlan plan)
    {
        if (DataSets.Roles.Any(plan.Configuration.Artifacts.ContainsKey) || Best(TrainerTrial.OfDataSets(plan.Workspace)) is not var (best, _))
        {
            return plan;
        }

        var preset = GateConfigurationReader.Of(best.Trainer);
        var roles = preset.Artifacts.Where(r => GlobMatches.Of(plan.Workspace, r.Value).Count > 0).OrderBy(r => r.Key).ToArray();
        ConfiguredGate[] gates = [.. plan.Gates, .. preset.Gates.Where(g => plan.Gates.All(o => o.Gate.Id != g.Gate.Id))];
        return plan with
        {
            Configuration = plan.Configuration with { Artifacts = plan.Configuration.Artifacts.Concat(roles).ToDictionary(), Gates = gates },
            Gates = [.. gates.OrderBy(g => g.Gate.Id, StringComparer.Ordinal)],
            Notes =
            [
                .. plan.Notes,
                SafeText.Of($"it holds {best.Trainer.Title}, by {string.Join("; ", best.Shown.Select(s => s.Is))}"),
                .. roles.Select(r => SafeText.Of($"{r.Key.Key()}: {string.Join(", ", r.Value.Patterns)}")),
            ],
        };
    }

    /// <summary>Which trainers were tried on a folder that none of them explains, and how far each was from fitting: a sentence each, the nearest first.</summary>
    public static IReadOnlyList<SafeText> Tried(string folder)
    {
        var trials = TrainerTrial.Of(Workspace.Of(folder));
        if (trials.Where(t => t.Fits).ToArray() is { Length: > 0 } fitting)
        {
            return [SafeText.Of($"the folder looks like that of more than one trainer: {SafeText.Join("; ", fitting.Select(t => t.Sentence))}")];
        }

        var near = trials.Where(t => t.Shown.Count > 0).OrderBy(t => t.Missing.Count).ThenByDescending(t => t.Shown.Count).ToArray();
        var far = trials.Where(t => t.Shown.Count == 0).Select(t => SafeText.Of($"{t.Trainer.Title}")).ToArray();
        return
        [
            SafeText.Of($"the folder is not that of a trainer that is known; {trials.Count} were tried"),
            .. near.Select(t => t.Sentence),
            .. far.Length == 0 ? Array.Empty<SafeText>() : [SafeText.Of($"there is no sign of {SafeText.Join(", ", far)} (docs/configuration.md says what each is recognised by)")],
        ];
    }

    private static (TrainerTrial Best, IReadOnlyList<string> Others)? Best(IReadOnlyList<TrainerTrial> trials)
    {
        var fitting = trials.Where(t => t.Fits).OrderByDescending(t => t.Shown.Count).ToArray();
        return fitting.Length == 0 || (fitting.Length > 1 && fitting[0].Shown.Count == fitting[1].Shown.Count)
            ? null
            : (fitting[0], [.. fitting.Skip(1).Select(t => t.Trainer.Title)]);
    }

    private static EvaluationPlan Plan(TrainerTrial trial, IReadOnlyList<string> others, Workspace workspace)
    {
        var trainer = trial.Trainer;
        var preset = GateConfigurationReader.Of(trainer);
        var (reach, outside) = Outside(trainer, workspace);
        var all = preset.Artifacts.OrderBy(r => r.Key)
            .Select(r => (Role: r.Key, Patterns: outside.TryGetValue(r.Key, out var globs) ? r.Value with { Patterns = [.. r.Value.Patterns, .. globs] } : r.Value))
            .Select(r => (r.Role, r.Patterns, Files: GlobMatches.Of(reach, r.Patterns)))
            .Select(r => r.Role == ArtifactRole.Log ? WithScalars(r.Role, r.Patterns, r.Files, reach) : r).ToArray();
        var roles = all.Where(r => r.Files.Count > 0).ToArray();
        SafeText[] notes =
        [
            SafeText.Of($"no {GateConfiguration.FileName} was given: the folder was recognised as {(trainer.IsDataSet ? "" : "a training run of ")}{trainer.Title}, by {string.Join("; ", trial.Shown.Select(s => s.Is))}"),
            .. others.Count == 0 ? Array.Empty<SafeText>() : [SafeText.Of($"{string.Join(", ", others)} would also fit, but with fewer signs")],
            .. roles.Select(r => SafeText.Of($"{r.Role.Key()}: {string.Join(", ", r.Role == ArtifactRole.Model ? r.Files : r.Patterns.Patterns)}")),

            // What the run is for is missing: the rest is judged, and nobody reads a verdict on an export into it.
            .. all.Where(r => r.Role == ArtifactRole.Model && r.Files.Count == 0 && !trainer.ShipsCheckpoints)
                .Select(r => SafeText.Of($"there is no export besides the checkpoints, so that nothing is said of one; looked for {string.Join(", ", r.Patterns.Patterns)}")),
        ];
        var plan = new EvaluationPlan(preset with { Artifacts = roles.ToDictionary(r => r.Role, r => r.Patterns) }, reach) { Notes = notes, IsRecognised = true };
        plan = WithDataSet(plan);
        var judged = roles.SelectMany(r => r.Files).Concat(plan.Configuration.Artifacts.Values.SelectMany(p => GlobMatches.Of(reach, p))).ToHashSet(StringComparer.Ordinal);
        return UnnamedFiles.Of(workspace.Folder, judged).Complete(plan);
    }

    // Writers of event files open one before they have anything to say: it is none of the run's logs.
    private static (ArtifactRole Role, RolePatterns Patterns, IReadOnlyList<string> Files) WithScalars(ArtifactRole role, RolePatterns patterns, IReadOnlyList<string> files, Workspace workspace)
    {
        string[] telling = [.. files.Where(f => !FolderFiles.HasNoScalar(Path.Combine(workspace.Folder, f)))];
        return telling.Length == files.Count ? (role, patterns, files) : (role, new RolePatterns(telling, patterns.At) { AreNames = true }, telling);
    }

    // The trainer's own layout says where exports and pretrained models lie, in folders that it names: nothing of the run's content does.
    private static (Workspace Reach, IReadOnlyDictionary<ArtifactRole, string[]> Globs) Outside(Trainer trainer, Workspace workspace)
    {
        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(workspace.Folder));
        var isNamed = name.Length > 0 && !name.AsSpan().ContainsAny(GlobCharacters);
        var globs = new Dictionary<ArtifactRole, string[]>
        {
            [ArtifactRole.Model] = isNamed ? [.. trainer.Exports.Select(g => g.Replace(Name, name, StringComparison.Ordinal))] : [],
            [ArtifactRole.Pretrained] = [.. trainer.Starts],
        };
        var reach = workspace;
        foreach (var glob in globs.Values.SelectMany(g => g))
        {
            var outermost = Path.GetFullPath(Path.Combine([workspace.Folder, .. glob.Split('/').TakeWhile(p => p == "..")]));
            if (!reach.Contains(outermost) && Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(Path.Combine(workspace.Folder, glob)))))
            {
                reach = reach with { Root = outermost };
            }
        }

        return (reach, globs.ToDictionary(g => g.Key, g => g.Value.Where(v => reach.Contains(Path.GetFullPath(Path.Combine(reach.Folder, v)))).ToArray()));
    }
}

using System.Buffers;
using ModelGate.Configuration;
using ModelGate.Configuration.Binding;
using ModelGate.Runs;
using ModelGate.Trainers;

namespace ModelGate.Evaluation;

/// <summary>Recognises a trainer's folder, so that a run can be judged before anyone has written a configuration.</summary>
internal static class RunRecognition
{
    private const string Name = "{name}";

    private static readonly SearchValues<char> GlobCharacters = SearchValues.Create("*?[]{}!\\");

    /// <summary>
    /// The plan for a training run's folder: that of its trainer's preset, without the roles that have no file yet. Null where no trainer, or more
    /// than one, writes such a folder.
    /// </summary>
    public static EvaluationPlan? Recognise(string folder)
    {
        var workspace = Workspace.Of(folder);
        return TrainerCatalogue.All.Where(t => t.IsPreset && IsOf(t, workspace)).ToArray() is [var trainer] ? Plan(trainer, workspace) : null;
    }

    private static bool IsOf(Trainer trainer, Workspace workspace)
        => trainer.Recognise.Count > 0 && trainer.Recognise.All(glob => GlobMatches.Of(workspace, glob).Count > 0);

    private static EvaluationPlan Plan(Trainer trainer, Workspace workspace)
    {
        var preset = GateConfigurationReader.Of(trainer);
        var (reach, exports) = Exports(trainer, workspace);
        var roles = preset.Artifacts.OrderBy(r => r.Key)
            .Select(r => (Role: r.Key, Patterns: r.Key == ArtifactRole.Model ? r.Value with { Patterns = [.. r.Value.Patterns, .. exports] } : r.Value))
            .Select(r => (r.Role, r.Patterns, Files: GlobMatches.Of(reach, r.Patterns)))

            // A run without a log is judged without. One without an export is not: nothing says that what it is for was looked at.
            .Where(r => r.Files.Count > 0 || r.Role == ArtifactRole.Model).ToArray();
        SafeText[] notes =
        [
            SafeText.Of($"no {GateConfiguration.FileName} was given: the folder was recognised as a training run of {trainer.Title}"),
            .. roles.Select(r => r.Role == ArtifactRole.Model && r.Files.Count == 0
                ? SafeText.Of($"{r.Role.Key()}: none found; looked for {string.Join(", ", r.Patterns.Patterns)}")
                : SafeText.Of($"{r.Role.Key()}: {string.Join(", ", r.Role == ArtifactRole.Model ? r.Files : r.Patterns.Patterns)}")),
        ];
        return new EvaluationPlan(preset with { Artifacts = roles.ToDictionary(r => r.Role, r => r.Patterns) }, reach) { Notes = notes, IsRecognised = true };
    }

    // The trainer's own layout says where exports lie, in folders that it names: nothing of the run's content does.
    private static (Workspace Reach, IReadOnlyList<string> Globs) Exports(Trainer trainer, Workspace workspace)
    {
        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(workspace.Folder));
        if (trainer.Exports.Count == 0 || name.Length == 0 || name.AsSpan().ContainsAny(GlobCharacters))
        {
            return (workspace, []);
        }

        var globs = trainer.Exports.Select(g => g.Replace(Name, name, StringComparison.Ordinal)).ToArray();
        var reach = workspace;
        foreach (var glob in globs)
        {
            var outermost = Path.GetFullPath(Path.Combine([workspace.Folder, .. glob.Split('/').TakeWhile(p => p == "..")]));
            if (!reach.Contains(outermost) && Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(Path.Combine(workspace.Folder, glob)))))
            {
                reach = reach with { Root = outermost };
            }
        }

        return (reach, [.. globs.Where(g => reach.Contains(Path.GetFullPath(Path.Combine(reach.Folder, g))))]);
    }
}

using ModelGate.Configuration;
using ModelGate.Configuration.Binding;
using ModelGate.Runs;
using ModelGate.Trainers;

namespace ModelGate.Evaluation;

/// <summary>Recognises a trainer's folder, so that a run can be judged before anyone has written a configuration.</summary>
internal static class RunRecognition
{
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
        var found = preset.Artifacts.OrderBy(r => r.Key).Select(r => (Role: r.Key, Patterns: r.Value, Files: GlobMatches.Of(workspace, r.Value))).Where(r => r.Files.Count > 0).ToArray();
        SafeText[] notes =
        [
            SafeText.Of($"no {GateConfiguration.FileName} was given: the folder was recognised as a training run of {trainer.Title}"),
            .. found.Select(r => SafeText.Of($"{r.Role.Key()}: {string.Join(", ", r.Role == ArtifactRole.Model ? r.Files : r.Patterns.Patterns)}")),
        ];
        return new EvaluationPlan(preset with { Artifacts = found.ToDictionary(r => r.Role, r => r.Patterns) }, workspace) { Notes = notes };
    }
}

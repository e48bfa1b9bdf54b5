using System.CommandLine;
using ModelGate.Artifacts;
using ModelGate.Configuration;
using ModelGate.Signals.Checkpoints;

namespace ModelGate.Tool;

/// <summary><c>--state-dict NAME</c>: which container of a checkpoint is meant, where it has several.</summary>
internal static class StateDictOption
{
    public static Option<string?> Create() => new("--state-dict")
    {
        Description = "The dotted path of the container to take in checkpoints that have it, such as ema_model_state_dict.",
        HelpName = "NAME",
    };

    /// <summary>The artifacts with the container that was chosen, in those that have it.</summary>
    /// <exception cref="UsageException">None of them has it.</exception>
    public static Artifact[] Apply(string? chosen, params ReadOnlySpan<(string Path, Artifact Artifact)> files)
    {
        var choices = new StateDictChoices();
        var artifacts = new Artifact[files.Length];
        for (var i = 0; i < files.Length; i++)
        {
            artifacts[i] = files[i].Artifact;
            if (files[i].Artifact is Checkpoint checkpoint)
            {
                choices.Add(files[i].Path, Runs.ArtifactRole.Checkpoints, checkpoint, chosen);
                artifacts[i] = StateDictChoice.Choose(checkpoint, chosen);
            }
        }

        return choices.Problem(chosen) is { IsEmpty: false } problem ? throw new UsageException(SafeText.Of($"--state-dict: {problem}")) : artifacts;
    }
}

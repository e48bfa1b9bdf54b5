namespace ModelGate.Runs;

/// <summary>The roles' names in a configuration.</summary>
internal static class ArtifactRoles
{
    /// <summary>Every role, in the order of the documentation.</summary>
    public static IReadOnlyList<ArtifactRole> All { get; } = Enum.GetValues<ArtifactRole>();

    /// <summary>The role's member in a configuration, such as <c>checkpoints</c>.</summary>
    public static string Key(this ArtifactRole role) => role switch
    {
        ArtifactRole.ReferenceModel => "reference-model",
        ArtifactRole.Recordings16k => "recordings-16k",
        ArtifactRole.FinePitch => "fine-pitch",
        ArtifactRole.FileList => "file-list",
        _ => role.ToString().ToLowerInvariant(),
    };

    /// <summary>The role of a member, or null.</summary>
    public static ArtifactRole? Find(string key) => All.Where(r => r.Key() == key).Select(r => (ArtifactRole?)r).FirstOrDefault();

    /// <summary>What the role is, in one sentence.</summary>
    public static string Description(this ArtifactRole role) => role switch
    {
        ArtifactRole.Architecture => "The keys that the model should have: a manifest of name to shape, a checkpoint known to be good, a family of networks, a pattern, or a command that prints a manifest.",
        ArtifactRole.Checkpoints => "Training checkpoints.",
        ArtifactRole.Model => "The exported model: what leaves the build.",
        ArtifactRole.Log => "Training logs.",
        ArtifactRole.Output => "Audio that the model made.",
        ArtifactRole.Reference => "The sound that the output should have: audio that the output is compared with.",
        ArtifactRole.Input => "What was converted, where it is another voice than the reference.",
        ArtifactRole.Target => "Recordings of the wanted voice.",
        ArtifactRole.Dataset => "The training data.",
        ArtifactRole.Recordings => "The recordings of the data set as they were cut for training, at the model's sample rate.",
        ArtifactRole.Recordings16k => "The same recordings at 16 kHz, from which the features are made.",
        ArtifactRole.Pitch => "The pitch of each recording of the data set, in the steps that the model takes it in.",
        ArtifactRole.FinePitch => "The pitch of each recording of the data set, in Hz.",
        ArtifactRole.Features => "The features of each recording of the data set: arrays of frames by width.",
        ArtifactRole.FileList => "The lists of the data set's files that the trainer reads: a line for each segment.",
        ArtifactRole.Config => "The trainer's own configuration.",
        ArtifactRole.Pretrained => "The model that training started from.",
        ArtifactRole.ReferenceModel => "A model that works.",
        ArtifactRole.Baseline => "What an earlier model measured: a file of modelgate baseline, or a JSON report.",
        ArtifactRole.History => "What earlier runs measured: the files of a folder that modelgate check --history writes, ordered by their names.",
        _ => "A team's own numbers, as an evaluation script writes them: JSON, JSON lines or CSV.",
    };
}

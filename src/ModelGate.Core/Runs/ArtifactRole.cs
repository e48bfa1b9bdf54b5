namespace ModelGate.Runs;

/// <summary>The part that a file plays in a training run.</summary>
internal enum ArtifactRole
{
    /// <summary>The keys that the model is expected to have: a manifest, or a checkpoint known to be good.</summary>
    Architecture,

    /// <summary>Training checkpoints.</summary>
    Checkpoints,

    /// <summary>The exported model: what leaves the build.</summary>
    Model,

    /// <summary>Training logs.</summary>
    Log,

    /// <summary>Audio that the model made.</summary>
    Output,

    /// <summary>The sound that the output should have.</summary>
    Reference,

    /// <summary>What was converted, where it is another voice.</summary>
    Input,

    /// <summary>Recordings of the wanted voice.</summary>
    Target,

    /// <summary>The training data.</summary>
    Dataset,

    /// <summary>The recordings that were cut for training, at the model's sample rate.</summary>
    Recordings,

    /// <summary>The same recordings at 16 kHz, from which features are made.</summary>
    Recordings16k,

    /// <summary>The pitch of each recording in the steps that the model takes it in.</summary>
    Pitch,

    /// <summary>The pitch of each recording in Hz.</summary>
    FinePitch,

    /// <summary>The features of each recording that the model is trained to speak from.</summary>
    Features,

    /// <summary>The lists of a data set's files that the trainer reads.</summary>
    FileList,

    /// <summary>The trainer's own configuration.</summary>
    Config,

    /// <summary>The model that training started from.</summary>
    Pretrained,

    /// <summary>A model that works.</summary>
    ReferenceModel,

    /// <summary>A team's own numbers.</summary>
    Metrics,

    /// <summary>What an earlier model measured.</summary>
    Baseline,

    /// <summary>What earlier runs measured, a file for each.</summary>
    History,
}

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

    /// <summary>Audio that the output is compared with.</summary>
    Reference,

    /// <summary>The training data.</summary>
    Dataset,

    /// <summary>The trainer's own configuration.</summary>
    Config,

    /// <summary>A team's own numbers.</summary>
    Metrics,
}

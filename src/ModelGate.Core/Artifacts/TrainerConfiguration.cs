namespace ModelGate.Artifacts;

/// <summary>A trainer's own configuration: config.json, model_config.json, RVC's list of eighteen.</summary>
/// <param name="Root">The whole document.</param>
internal sealed record TrainerConfiguration(ConfigurationValue Root) : Artifact("json")
{
    /// <inheritdoc/>
    public override string Kind => "configuration";
}

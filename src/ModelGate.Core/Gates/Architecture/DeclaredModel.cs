using ModelGate.Artifacts;

namespace ModelGate.Gates;

/// <summary>A model, and the trainer's configuration that it is held against.</summary>
/// <param name="Model">The file.</param>
/// <param name="Configuration">The trainer's configuration, or null where the role config names none.</param>
internal sealed record DeclaredModel(ArtifactFile<Checkpoint> Model, ArtifactFile<TrainerConfiguration>? Configuration);

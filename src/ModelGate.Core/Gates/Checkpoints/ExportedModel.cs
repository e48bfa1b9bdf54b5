using ModelGate.Artifacts;

namespace ModelGate.Gates;

/// <summary>An exported model, and the training checkpoints that it may have come from.</summary>
/// <param name="Model">The export.</param>
/// <param name="Checkpoints">Every checkpoint of the run, at least one.</param>
internal sealed record ExportedModel(ArtifactFile<Checkpoint> Model, IReadOnlyList<ArtifactFile<Checkpoint>> Checkpoints);

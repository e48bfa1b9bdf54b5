using ModelGate.Artifacts;

namespace ModelGate.Gates;

/// <summary>A model, and the keys that its architecture expects.</summary>
/// <param name="Model">The file whose keys are judged.</param>
/// <param name="Expected">The expected keys by name.</param>
/// <param name="Source">The path of the file that states them.</param>
internal sealed record KeyedModel(ArtifactFile<Checkpoint> Model, IReadOnlyDictionary<string, ExpectedKey> Expected, string Source);

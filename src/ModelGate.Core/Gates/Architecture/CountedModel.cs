using ModelGate.Artifacts;

namespace ModelGate.Gates;

/// <summary>A model, and the keys whose parameters it is held against.</summary>
/// <param name="Model">The file whose parameters are counted.</param>
/// <param name="Expected">The expected keys by name, or null where none are known.</param>
/// <param name="Source">What states them.</param>
/// <param name="Problem">Why they are not known.</param>
internal sealed record CountedModel(ArtifactFile<Checkpoint> Model, IReadOnlyDictionary<string, ExpectedKey>? Expected, string Source, SafeText Problem);

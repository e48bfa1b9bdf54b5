using ModelGate.Artifacts;

namespace ModelGate.Architecture;

/// <summary>Where the keys that a model should have come from: a manifest, or a checkpoint known to be good.</summary>
internal static class ExpectedKeys
{
    /// <summary>The keys by name, or null where the artifact states none.</summary>
    public static IReadOnlyDictionary<string, ExpectedKey>? Of(Artifact artifact) => artifact switch
    {
        KeyManifest manifest => manifest.Keys,
        Checkpoint checkpoint => checkpoint.Weights.ToDictionary(
            w => w.Key, w => new ExpectedKey(w.Value.Shape, null), StringComparer.Ordinal),
        _ => null,
    };
}

using ModelGate.Artifacts;

namespace ModelGate.Architecture;

/// <summary>The keys of one side of a comparison, with the element types that it states.</summary>
internal static class ModelKeys
{
    /// <summary>The keys by name, or null where the artifact states none.</summary>
    public static IReadOnlyDictionary<string, ExpectedKey>? Of(Artifact artifact) => artifact switch
    {
        KeyManifest manifest => manifest.Keys,
        Checkpoint checkpoint => Of(checkpoint.Weights),
        _ => null,
    };

    /// <summary>The keys of a state_dict.</summary>
    public static IReadOnlyDictionary<string, ExpectedKey> Of(IReadOnlyDictionary<string, TensorEntry> weights)
        => weights.ToDictionary(w => w.Key, w => new ExpectedKey(w.Value.Shape, w.Value.DType.Name()), StringComparer.Ordinal);

    /// <summary>
    /// The two sides as they are compared. Of two manifests, a bare shape beside one that states its type stands for float32, PyTorch's
    /// default; against a checkpoint, it stands for any type.
    /// </summary>
    public static (IReadOnlyDictionary<string, ExpectedKey> Left, IReadOnlyDictionary<string, ExpectedKey> Right)? OfBoth(Artifact left, Artifact right)
        => (Of(left), Of(right)) is ({ } a, { } b)
            ? left is KeyManifest && right is KeyManifest ? (WithTypes(a), WithTypes(b)) : (a, b)
            : null;

    private static IReadOnlyDictionary<string, ExpectedKey> WithTypes(IReadOnlyDictionary<string, ExpectedKey> keys)
        => keys.Values.Any(k => k.DType is null)
            ? keys.ToDictionary(k => k.Key, k => k.Value.DType is null ? k.Value with { DType = "float32" } : k.Value, StringComparer.Ordinal)
            : keys;
}

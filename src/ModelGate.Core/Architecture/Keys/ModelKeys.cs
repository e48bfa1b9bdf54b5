using ModelGate.Artifacts;

namespace ModelGate.Architecture.Keys;

/// <summary>The keys that an artifact states: those of a manifest, or of a checkpoint's state_dict.</summary>
internal static class ModelKeys
{
    /// <summary>The keys by name, or null where the artifact states none.</summary>
    /// <param name="withTypes">Whether a checkpoint's element types count: a checkpoint that only shows an architecture does not prescribe them.</param>
    public static IReadOnlyDictionary<string, ExpectedKey>? Of(Artifact artifact, bool withTypes = true) => artifact switch
    {
        KeyManifest manifest => manifest.Keys,
        Checkpoint checkpoint => Of(checkpoint.Weights, withTypes),
        _ => null,
    };

    /// <summary>The keys of a state_dict, all or those of a selection.</summary>
    public static IReadOnlyDictionary<string, ExpectedKey> Of(IReadOnlyDictionary<string, TensorEntry> weights, bool withTypes = true, KeySelection? selection = null)
    {
        var keys = new Dictionary<string, ExpectedKey>(weights.Count, StringComparer.Ordinal);
        foreach (var (name, tensor) in weights)
        {
            if (selection?.Contains(name) != false)
            {
                keys.Add(name, new ExpectedKey(tensor.Shape, withTypes ? tensor.DType.Name() : null));
            }
        }

        return keys;
    }
}

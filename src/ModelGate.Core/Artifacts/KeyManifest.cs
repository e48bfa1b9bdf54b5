namespace ModelGate.Artifacts;

/// <summary>The keys that an architecture expects: name to shape and, where stated, element type.</summary>
/// <param name="Keys">By the name in the state_dict, in the order of the file.</param>
internal sealed record KeyManifest(IReadOnlyDictionary<string, ExpectedKey> Keys) : Artifact("key-manifest")
{
    /// <inheritdoc/>
    public override string Kind => "manifest";
}

/// <summary>What one key is expected to hold.</summary>
/// <param name="Shape">The sizes of the dimensions.</param>
/// <param name="DType">The element type's name, or null where any will do.</param>
internal sealed record ExpectedKey(IReadOnlyList<long> Shape, string? DType);

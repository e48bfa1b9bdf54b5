using ModelGate.Artifacts;

namespace ModelGate.Architecture.Keys;

/// <summary>A key of the mapped state_dict, and what it is made of. A struct, since there may be hundreds of thousands.</summary>
internal readonly record struct MappedKey
{
    private readonly string? source;
    private readonly KeyOrigin? computed;

    /// <summary>A tensor of the file as it is, perhaps under another name.</summary>
    public MappedKey(ExpectedKey key, string source) => (Key, this.source) = (key, source);

    /// <summary>A tensor that is made of others.</summary>
    public MappedKey(ExpectedKey key, KeyOrigin origin) => (Key, computed) = (key, origin);

    /// <summary>Its shape and element type.</summary>
    public ExpectedKey Key { get; }

    /// <summary>What it is made of.</summary>
    public KeyOrigin Origin => computed ?? new KeyOrigin(KeyOperation.Copy, [source!]);

    /// <summary>The name in the file where the tensor is one of the file's as it is; null where it is computed.</summary>
    public string? CopyOf => source;
}

using ModelGate.Architecture.Keys;

namespace ModelGate.Architecture.Remapping;

/// <summary>Which keys of a file become which: what <c>modelgate diff</c> proposes and <c>modelgate remap</c> carries out.</summary>
/// <param name="Keys">The new keys by name; keys of the file that none is made of and that are not dropped keep their names.</param>
/// <param name="Dropped">Names that are left out.</param>
internal sealed record KeyMapping(IReadOnlyDictionary<string, KeyOrigin> Keys, IReadOnlyList<string> Dropped)
{
    /// <summary>The shapes of new keys that do not follow from an operation and its sources.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<long>> Shapes { get; init; } = new Dictionary<string, IReadOnlyList<long>>();

    /// <summary>Alpha / rank of LoRA adapters that are merged; null where none are, or nobody has said it.</summary>
    public double? AdapterScale { get; init; }

    /// <summary>The mapping that changes nothing.</summary>
    public static KeyMapping None { get; } = new(new Dictionary<string, KeyOrigin>(), []);

    /// <summary>Whether nothing changes.</summary>
    public bool IsEmpty => Keys.Count == 0 && Dropped.Count == 0;

    /// <summary>The changes among mapped keys.</summary>
    public static KeyMapping Of(MappedKeys mapped)
    {
        var changed = mapped.Keys.Where(k => k.Value.CopyOf != k.Key);
        var keys = new Dictionary<string, KeyOrigin>(changed.Count(), StringComparer.Ordinal);
        var shapes = new Dictionary<string, IReadOnlyList<long>>(StringComparer.Ordinal);
        foreach (var (name, key) in changed)
        {
            var origin = key.Origin;
            keys.Add(name, origin);
            if (origin.Operation is KeyOperation.Magnitude or KeyOperation.Permute or KeyOperation.Reshape or KeyOperation.Slice)
            {
                shapes.Add(name, key.Key.Shape);
            }
        }

        // A tensor that another key takes as well stays under its own name, and the mapping says so.
        var taken = keys.Values.SelectMany(o => o.From).ToHashSet(StringComparer.Ordinal);
        foreach (var (name, key) in mapped.Keys)
        {
            if (key.CopyOf == name && taken.Contains(name))
            {
                keys.Add(name, key.Origin);
            }
        }

        return new KeyMapping(keys, mapped.Dropped) { Shapes = shapes };
    }
}

using System.Diagnostics.CodeAnalysis;
using ModelGate.Artifacts;

namespace ModelGate.Architecture.Causes;

/// <summary>A key of the mapped state_dict.</summary>
/// <param name="Key">Its shape and element type.</param>
/// <param name="Origin">What it is made of.</param>
internal sealed record MappedKey(ExpectedKey Key, KeyOrigin Origin);

/// <summary>A checkpoint's keys as they are under the changes proposed so far, and where each comes from.</summary>
internal sealed class MappedKeys
{
    private readonly Dictionary<string, MappedKey> keys;

    private MappedKeys(Dictionary<string, MappedKey> keys, IReadOnlyList<string> dropped)
    {
        this.keys = keys;
        Dropped = dropped;
    }

    /// <summary>The keys by name, in the order of the file.</summary>
    public IReadOnlyDictionary<string, MappedKey> Keys => keys;

    /// <summary>Names of the file that are left out.</summary>
    public IReadOnlyList<string> Dropped { get; }

    /// <summary>The keys as the file has them.</summary>
    public static MappedKeys Of(IReadOnlyDictionary<string, ExpectedKey> keys)
    {
        var all = new Dictionary<string, MappedKey>(keys.Count, StringComparer.Ordinal);
        foreach (var (name, key) in keys)
        {
            all.Add(name, new MappedKey(key, new KeyOrigin(KeyOperation.Copy, [name])));
        }

        return new MappedKeys(all, []);
    }

    /// <summary>The expected shape of a key, or null where there is no such key.</summary>
    public IReadOnlyList<long>? ShapeOf(string name) => keys.TryGetValue(name, out var key) ? key.Key.Shape : null;

    /// <summary>Whether a key is still the tensor of one key of the file, so that arithmetic may use it.</summary>
    public bool IsPlain(string name, [NotNullWhen(true)] out string? source)
    {
        source = keys.TryGetValue(name, out var key) && key.Origin.Operation == KeyOperation.Copy ? key.Origin.From[0] : null;
        return source is not null;
    }

    /// <summary>Renames keys. A name that is taken already is not taken twice: its second owner keeps its own.</summary>
    /// <param name="rename">The new name of each, or the same.</param>
    public MappedKeys Rename(Func<string, string> rename)
    {
        var renamed = new Dictionary<string, MappedKey>(keys.Count, StringComparer.Ordinal);
        foreach (var (name, key) in keys)
        {
            if (!renamed.TryAdd(rename(name), key) && !renamed.TryAdd(name, key))
            {
                return this;
            }
        }

        return new MappedKeys(renamed, Dropped);
    }

    /// <summary>Takes keys away and puts others in their place.</summary>
    /// <param name="taken">The names that go.</param>
    /// <param name="made">The keys that come.</param>
    /// <param name="lost">Whether the content of those that go is in none of those that come.</param>
    public MappedKeys Replace(IReadOnlySet<string> taken, IReadOnlyDictionary<string, MappedKey> made, bool lost = false)
    {
        var replaced = new Dictionary<string, MappedKey>(keys.Count, StringComparer.Ordinal);
        foreach (var (name, key) in keys)
        {
            if (!taken.Contains(name))
            {
                replaced.Add(name, key);
            }
        }

        foreach (var (name, key) in made)
        {
            replaced[name] = key;
        }

        return new MappedKeys(replaced, lost ? [.. Dropped, .. taken.SelectMany(t => keys[t].Origin.From)] : Dropped);
    }
}

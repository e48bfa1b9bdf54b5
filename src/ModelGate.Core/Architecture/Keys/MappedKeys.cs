using System.Diagnostics.CodeAnalysis;
using ModelGate.Artifacts;

namespace ModelGate.Architecture.Keys;

/// <summary>A checkpoint's keys as they are under the changes proposed so far, and where each comes from.</summary>
internal sealed class MappedKeys
{
    // The file's own keys until the first change, then a dictionary of ours.
    private readonly IReadOnlyDictionary<string, ExpectedKey>? unchanged;
    private readonly Dictionary<string, MappedKey> changed;

    private MappedKeys(IReadOnlyDictionary<string, ExpectedKey>? unchanged, Dictionary<string, MappedKey> changed, IReadOnlyList<string> dropped)
    {
        (this.unchanged, this.changed) = (unchanged, changed);
        Dropped = dropped;
    }

    /// <summary>How many keys there are.</summary>
    public int Count => unchanged?.Count ?? changed.Count;

    /// <summary>The names, in the order of the file.</summary>
    public IEnumerable<string> Names => unchanged?.Keys ?? changed.Keys;

    /// <summary>The keys by name, in the order of the file.</summary>
    public IEnumerable<KeyValuePair<string, MappedKey>> Keys => unchanged?.Select(k => KeyValuePair.Create(k.Key, new MappedKey(k.Value, k.Key))) ?? changed;

    /// <summary>Names of the file that are left out.</summary>
    public IReadOnlyList<string> Dropped { get; }

    /// <summary>The key of a name that is there.</summary>
    public MappedKey this[string name] => TryGet(name, out var key) ? key : throw new KeyNotFoundException(name);

    /// <summary>The keys as the file has them.</summary>
    public static MappedKeys Of(IReadOnlyDictionary<string, ExpectedKey> keys) => new(keys, [], []);

    /// <summary>Whether there is a key of this name.</summary>
    public bool Contains(string name) => unchanged?.ContainsKey(name) ?? changed.ContainsKey(name);

    /// <summary>The key of a name.</summary>
    public bool TryGet(string name, out MappedKey key)
    {
        if (unchanged is null)
        {
            return changed.TryGetValue(name, out key);
        }

        var isThere = unchanged.TryGetValue(name, out var found);
        key = isThere ? new MappedKey(found!, name) : default;
        return isThere;
    }

    /// <summary>The shape of a key, or null where there is no such key.</summary>
    public IReadOnlyList<long>? ShapeOf(string name) => TryGet(name, out var key) ? key.Key.Shape : null;

    /// <summary>Whether a key is still the tensor of one key of the file, so that arithmetic may use it.</summary>
    public bool IsPlain(string name, [NotNullWhen(true)] out string? source)
    {
        source = TryGet(name, out var key) ? key.CopyOf : null;
        return source is not null;
    }

    /// <summary>Renames keys. A name that is taken already is not taken twice: its second owner keeps its own.</summary>
    /// <param name="rename">The new name of each, or the same.</param>
    public MappedKeys Rename(Func<string, string> rename)
    {
        var renamed = new Dictionary<string, MappedKey>(Count, StringComparer.Ordinal);
        foreach (var (name, key) in Keys)
        {
            if (!renamed.TryAdd(rename(name), key) && !renamed.TryAdd(name, key))
            {
                return this;
            }
        }

        return new MappedKeys(null, renamed, Dropped);
    }

    /// <summary>Takes keys away and puts others in their place.</summary>
    /// <param name="taken">The names that go.</param>
    /// <param name="made">The keys that come.</param>
    /// <param name="lost">Whether the content of those that go is in none of those that come.</param>
    public MappedKeys Replace(IReadOnlySet<string> taken, IReadOnlyDictionary<string, MappedKey> made, bool lost = false)
    {
        var replaced = new Dictionary<string, MappedKey>(Count, StringComparer.Ordinal);
        foreach (var (name, key) in Keys)
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

        return new MappedKeys(null, replaced, lost ? [.. Dropped, .. taken.SelectMany(t => this[t].Origin.From)] : Dropped);
    }
}

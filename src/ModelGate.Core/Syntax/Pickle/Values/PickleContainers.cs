namespace ModelGate.Syntax.Pickle.Values;

/// <summary>A tuple. Its hash is worked out once, from those of its items, so that nothing ever recurses.</summary>
internal sealed class PickleTuple : PickleValue
{
    /// <summary>The empty tuple.</summary>
    public static readonly PickleTuple Empty = new([]);

    /// <summary>Creates a tuple.</summary>
    public PickleTuple(PickleValue[] items)
    {
        Items = items;
        var hash = new HashCode();
        var depth = 0;
        var hashable = true;
        foreach (var item in items)
        {
            depth = Math.Max(depth, item.Depth);
            hashable &= PickleKeys.IsHashable(item);
            hash.Add(hashable ? PickleKeys.Hash(item) : 0);
        }

        Depth = depth + 1;
        IsHashable = hashable;
        Hash = hash.ToHashCode();
    }

    /// <summary>The items.</summary>
    public PickleValue[] Items { get; }

    /// <summary>Whether it can be a key.</summary>
    public bool IsHashable { get; }

    /// <summary>The hash of the items.</summary>
    public int Hash { get; }

    /// <inheritdoc/>
    public override int Depth { get; }

    /// <inheritdoc/>
    public override string Kind => "tuple";
}

/// <summary>A value that holds others and grows.</summary>
internal abstract class PickleContainer : PickleValue
{
    private int depth = 1;

    /// <inheritdoc/>
    public override int Depth => depth;

    /// <summary>Takes note of a new item's depth.</summary>
    protected void Deepen(PickleValue item) => depth = Math.Max(depth, item.Depth + 1);
}

/// <summary>A list or a deque.</summary>
internal sealed class PickleList(string kind = "list") : PickleContainer
{
    /// <summary>The items.</summary>
    public List<PickleValue> Items { get; } = [];

    /// <inheritdoc/>
    public override string Kind => kind;

    /// <summary>Appends an item.</summary>
    public void Add(PickleValue item)
    {
        Deepen(item);
        Items.Add(item);
    }
}

/// <summary>A set or a frozenset.</summary>
internal sealed class PickleSet(string kind = "set") : PickleContainer
{
    private readonly HashSet<PickleValue> items = new(PickleKeys.Comparer);

    /// <summary>The members.</summary>
    public IReadOnlyCollection<PickleValue> Items => items;

    /// <inheritdoc/>
    public override string Kind => kind;

    /// <summary>Adds a member.</summary>
    public void Add(PickleValue item)
    {
        Deepen(item);
        items.Add(item);
    }
}

/// <summary>A dict, an OrderedDict, a defaultdict or a Counter, in the order of insertion.</summary>
internal sealed class PickleDict(string kind = "dict") : PickleContainer
{
    private Dictionary<PickleValue, int>? index;

    /// <summary>Keys and values.</summary>
    public List<KeyValuePair<PickleValue, PickleValue>> Entries { get; } = [];

    /// <summary>Whether a key was set more than once: the last value counts.</summary>
    public bool HasDuplicates { get; private set; }

    /// <inheritdoc/>
    public override string Kind => kind;

    /// <summary>Sets a key that is hashable.</summary>
    public void Set(PickleValue key, PickleValue value)
    {
        Deepen(key);
        Deepen(value);
        index ??= new Dictionary<PickleValue, int>(PickleKeys.Comparer);
        if (index.TryAdd(key, Entries.Count))
        {
            Entries.Add(new(key, value));
        }
        else
        {
            HasDuplicates = true;
            Entries[index[key]] = new(Entries[index[key]].Key, value);
        }
    }

    /// <summary>The value under a text, or null.</summary>
    public PickleValue? Find(string key)
        => index is not null && index.TryGetValue(new PickleText(key), out var at) ? Entries[at].Value : null;
}

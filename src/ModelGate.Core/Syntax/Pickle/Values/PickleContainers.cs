using ModelGate.Bytes;

namespace ModelGate.Syntax.Pickle.Values;

/// <summary>A tuple. Its hash is worked out once, from those of its items, so that nothing ever recurses.</summary>
internal sealed class PickleTuple : PickleValue
{
    /// <summary>The empty tuple.</summary>
    public static readonly PickleTuple Empty = new([]);

    /// <summary>Creates a tuple.</summary>
    /// <param name="items">The items.</param>
    /// <param name="budget">Pays for it.</param>
    public PickleTuple(PickleValue[] items, ReadBudget budget)
        : this(items)
    {
        budget.Keep(72 + (8L * items.Length));
        budget.Step(items.Length);
        foreach (var item in items)
        {
            budget.Step(PickleKeys.StepsToHash(item));
        }
    }

    private PickleTuple(PickleValue[] items)
    {
        Items = items;
        var depth = 0;
        var hashable = true;
        foreach (var item in items)
        {
            depth = Math.Max(depth, item.Depth);
            hashable &= PickleKeys.IsHashable(item);
        }

        Depth = depth + 1;
        IsHashable = hashable;
        if (hashable)
        {
            var hash = new HashCode();
            foreach (var item in items)
            {
                hash.Add(PickleKeys.Hash(item));
            }

            Hash = hash.ToHashCode();
        }
    }

    /// <summary>The items.</summary>
    public PickleValue[] Items { get; }

    /// <summary>Whether it can be a key.</summary>
    public bool IsHashable { get; }

    /// <summary>The hash of the items; zero where it cannot be a key.</summary>
    public int Hash { get; }

    /// <inheritdoc/>
    public override int Depth { get; }

    /// <inheritdoc/>
    public override string Kind => "tuple";
}

/// <summary>A value that holds others and grows: the budget of the file pays for each that it takes.</summary>
/// <param name="budget">Pays.</param>
internal abstract class PickleContainer(ReadBudget budget) : PickleValue
{
    private int depth = 1;

    /// <inheritdoc/>
    public override int Depth => depth;

    /// <summary>Pays for everything.</summary>
    protected ReadBudget Budget => budget;

    /// <summary>Takes note of a new item's depth.</summary>
    protected void Deepen(PickleValue item) => depth = Math.Max(depth, item.Depth + 1);
}

/// <summary>A list or a deque.</summary>
internal sealed class PickleList : PickleContainer
{
    private const int OwnBytes = 48;
    private const int FirstItemBytes = 88;
    private const int ItemBytes = 12;

    private readonly string kind;
    private List<PickleValue>? items;

    /// <summary>Creates an empty list.</summary>
    public PickleList(ReadBudget budget, string kind = "list")
        : base(budget)
    {
        this.kind = kind;
        budget.Keep(OwnBytes);
    }

    /// <summary>The items.</summary>
    public IReadOnlyList<PickleValue> Items => items ?? (IReadOnlyList<PickleValue>)[];

    /// <inheritdoc/>
    public override string Kind => kind;

    /// <summary>Appends an item.</summary>
    public void Add(PickleValue item)
    {
        Budget.Step();
        Budget.Keep(items is null ? FirstItemBytes : ItemBytes);
        Deepen(item);
        (items ??= []).Add(item);
    }
}

/// <summary>A set or a frozenset.</summary>
internal sealed class PickleSet : PickleContainer
{
    private const int OwnBytes = 48;
    private const int FirstItemBytes = 176;
    private const int ItemBytes = 32;

    private readonly string kind;
    private HashSet<PickleValue>? items;

    /// <summary>Creates an empty set.</summary>
    public PickleSet(ReadBudget budget, string kind = "set")
        : base(budget)
    {
        this.kind = kind;
        budget.Keep(OwnBytes);
    }

    /// <summary>How many members there are.</summary>
    public int Count => items?.Count ?? 0;

    /// <inheritdoc/>
    public override string Kind => kind;

    /// <summary>Adds a member.</summary>
    public void Add(PickleValue item)
    {
        Budget.Step();
        Budget.Keep(items is null ? FirstItemBytes : ItemBytes);
        Deepen(item);
        (items ??= new(new PickleKeys(Budget))).Add(item);
    }

    /// <summary>Whether a value is a member.</summary>
    public bool Contains(PickleValue item) => items?.Contains(item) ?? false;
}

/// <summary>A dict, an OrderedDict, a defaultdict or a Counter, in the order of insertion.</summary>
internal sealed class PickleDict : PickleContainer
{
    // Up to here a key is found by looking at all of them: most dicts are small, and a table costs more than they do.
    private const int MostUnindexed = 8;

    private const int OwnBytes = 64;
    private const int FirstEntryBytes = 120;
    private const int EntryBytes = 24;
    private const int IndexedEntryBytes = 64;

    private readonly string kind;
    private PickleKeys? keys;
    private List<KeyValuePair<PickleValue, PickleValue>>? entries;
    private Dictionary<PickleValue, int>? index;

    /// <summary>Creates an empty dict.</summary>
    public PickleDict(ReadBudget budget, string kind = "dict")
        : base(budget)
    {
        this.kind = kind;
        budget.Keep(OwnBytes);
    }

    /// <summary>Keys and values.</summary>
    public IReadOnlyList<KeyValuePair<PickleValue, PickleValue>> Entries => entries ?? (IReadOnlyList<KeyValuePair<PickleValue, PickleValue>>)[];

    /// <summary>Whether a key was set more than once: the last value counts.</summary>
    public bool HasDuplicates { get; private set; }

    /// <inheritdoc/>
    public override string Kind => kind;

    /// <summary>Sets a key that is hashable.</summary>
    public void Set(PickleValue key, PickleValue value)
    {
        Budget.Step();
        Deepen(key);
        Deepen(value);
        if (IndexOf(key) is >= 0 and var at)
        {
            HasDuplicates = true;
            entries![at] = new(entries[at].Key, value);
            return;
        }

        Budget.Keep(entries is null ? FirstEntryBytes : entries.Count < MostUnindexed ? EntryBytes : IndexedEntryBytes);
        (entries ??= []).Add(new(key, value));
        if (index is not null)
        {
            index.Add(key, entries.Count - 1);
        }
        else if (entries.Count > MostUnindexed)
        {
            index = new Dictionary<PickleValue, int>(Keys);
            for (var i = 0; i < entries.Count; i++)
            {
                index.Add(entries[i].Key, i);
            }
        }
    }

    /// <summary>The value under a text, or null.</summary>
    public PickleValue? Find(string key) => IndexOf(new PickleText(key)) is >= 0 and var at ? entries![at].Value : null;

    private PickleKeys Keys => keys ??= new PickleKeys(Budget);

    private int IndexOf(PickleValue key)
    {
        if (index is not null)
        {
            return index.GetValueOrDefault(key, -1);
        }

        for (var i = 0; i < Entries.Count; i++)
        {
            if (Keys.Equals(entries![i].Key, key))
            {
                return i;
            }
        }

        return -1;
    }
}

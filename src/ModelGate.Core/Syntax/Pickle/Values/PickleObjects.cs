using ModelGate.Faults;

namespace ModelGate.Syntax.Pickle.Values;

/// <summary>A name that the pickle imports.</summary>
/// <param name="module">The module, in Python 3's spelling.</param>
/// <param name="member">The name in the module.</param>
/// <param name="verdict">What importing it means.</param>
internal sealed class PickleGlobal(string module, string member, GlobalVerdict verdict) : PickleValue
{
    /// <summary>The module.</summary>
    public string Module { get; } = module;

    /// <summary>The name in the module.</summary>
    public string Member { get; } = member;

    /// <summary>Module and name.</summary>
    public string Name { get; } = $"{module}.{member}";

    /// <summary>What importing it means.</summary>
    public GlobalVerdict Verdict { get; } = verdict;

    /// <inheritdoc/>
    public override string Kind => $"the name {Name}";
}

/// <summary>An instance of a class that we only know by name: the pieces from which Python would build it.</summary>
/// <param name="type">The class or function.</param>
/// <param name="arguments">What it was called with.</param>
internal sealed class PickleObject(PickleGlobal type, PickleValue arguments) : PickleValue
{
    /// <summary>The class or function.</summary>
    public PickleGlobal Type { get; } = type;

    /// <summary>What it was called with.</summary>
    public PickleValue Arguments { get; } = arguments;

    /// <summary>The state that a BUILD gave it.</summary>
    public PickleValue? State { get; set; }

    /// <summary>What was appended, for a class that is a list.</summary>
    public PickleList? Items { get; set; }

    /// <summary>What was set, for a class that is a dict.</summary>
    public PickleDict? Entries { get; set; }

    /// <inheritdoc/>
    public override string Kind => $"an instance of {Type.Name}";

    /// <summary>The value of an attribute, or null.</summary>
    public PickleValue? Attribute(string name) => State switch
    {
        PickleDict dict => dict.Find(name),
        // With __slots__ the state is a pair of dicts.
        PickleTuple { Items: [PickleDict dict, _] } => dict.Find(name),
        _ => null,
    };
}

/// <summary>A value whose inside is of no interest, or cannot be known: the result of a call, a date, a path.</summary>
/// <param name="description">What it is.</param>
internal sealed class PickleOpaque(string description) : PickleValue
{
    /// <inheritdoc/>
    public override string Kind => description;
}

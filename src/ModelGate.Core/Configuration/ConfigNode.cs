using ModelGate.Runs;

namespace ModelGate.Configuration;

/// <summary>A value of a configuration file and where it stands.</summary>
internal sealed record ConfigNode(ConfigKind Kind, SourcePosition At)
{
    /// <summary>The members of an object, in order.</summary>
    public IReadOnlyList<ConfigMember> Members { get; init; } = [];

    /// <summary>The items of an array.</summary>
    public IReadOnlyList<ConfigNode> Items { get; init; } = [];

    /// <summary>A text.</summary>
    public string Text { get; init; } = "";

    /// <summary>A number.</summary>
    public double Number { get; init; }

    /// <summary>The whole number that this is, or null.</summary>
    public long? Whole => Kind == ConfigKind.Number && Number == Math.Floor(Number) && Math.Abs(Number) < 1L << 53 ? (long)Number : null;

    /// <summary>The kind as a sentence names it.</summary>
    public string KindName => Kind switch
    {
        ConfigKind.Object => "an object",
        ConfigKind.Array => "a list",
        ConfigKind.Text => "a text",
        ConfigKind.Number => "a number",
        ConfigKind.True or ConfigKind.False => "true or false",
        _ => "null",
    };
}

/// <summary>A member of an object.</summary>
internal sealed record ConfigMember(string Name, SourcePosition At, ConfigNode Value);

/// <summary>The kinds of JSON values.</summary>
internal enum ConfigKind
{
    Object,
    Array,
    Text,
    Number,
    True,
    False,
    Null,
}

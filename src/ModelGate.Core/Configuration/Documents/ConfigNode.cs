using ModelGate.Runs;

namespace ModelGate.Configuration.Documents;

/// <summary>A value of a configuration and where it is written.</summary>
internal sealed record ConfigNode(ConfigKind Kind, SourcePosition At)
{
    /// <summary>Whether a built-in preset says it, and no file of the user.</summary>
    public bool IsPreset { get; private init; }

    /// <summary>The members of an object, in order.</summary>
    public IReadOnlyList<ConfigMember> Members { get; init; } = [];

    /// <summary>The items of a list.</summary>
    public IReadOnlyList<ConfigNode> Items { get; init; } = [];

    /// <summary>The characters of a string.</summary>
    public string Text { get; init; } = "";

    /// <summary>The value of a number.</summary>
    public double Number { get; init; }

    /// <summary>The whole number that this is, or null.</summary>
    public long? Whole => Kind == ConfigKind.Number && Number == Math.Floor(Number) && Math.Abs(Number) < 1L << 53 ? (long)Number : null;

    /// <summary>The kind as a sentence names it.</summary>
    public string KindName => NameOf(Kind);

    /// <summary>The member of a name, or null.</summary>
    public ConfigMember? Find(string name) => Members.LastOrDefault(m => m.Name == name);

    /// <summary>The strings that a string or a list of strings holds, with their places; null where it is neither, or an empty list.</summary>
    public IReadOnlyList<ConfigNode>? Texts => Kind switch
    {
        ConfigKind.Text => [this],
        ConfigKind.Array when Items.Count > 0 && Items.All(i => i.Kind == ConfigKind.Text) => Items,
        _ => null,
    };

    /// <summary>A kind as a sentence names it.</summary>
    public static string NameOf(ConfigKind kind) => kind switch
    {
        ConfigKind.Object => "an object",
        ConfigKind.Array => "a list",
        ConfigKind.Text => "a string",
        ConfigKind.Number => "a number",
        ConfigKind.True or ConfigKind.False => "true or false",
        _ => "null",
    };

    /// <summary>A copy as part of a preset: every value has the place of the reference to it, since it is in no file of the user.</summary>
    public ConfigNode MovedTo(SourcePosition at) => this with
    {
        At = at,
        IsPreset = true,
        Members = [.. Members.Select(m => new ConfigMember(m.Name, at, m.Value.MovedTo(at)))],
        Items = [.. Items.Select(i => i.MovedTo(at))],
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

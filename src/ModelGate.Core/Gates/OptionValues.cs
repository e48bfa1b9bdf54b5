namespace ModelGate.Gates;

/// <summary>The values that a configuration gives to a gate's options, already checked for kind and range.</summary>
/// <param name="values">By the option's name: a double, bool, string, list of strings, or null.</param>
internal sealed class OptionValues(IReadOnlyDictionary<string, object?> values)
{
    /// <summary>No values: every option has its default.</summary>
    public static OptionValues None { get; } = new(new Dictionary<string, object?>(StringComparer.Ordinal));

    /// <summary>A number.</summary>
    public double Number(string name, double otherwise) => values.TryGetValue(name, out var value) ? (double)value! : otherwise;

    /// <summary>A number or null.</summary>
    public double? NullableNumber(string name, double? otherwise) => values.TryGetValue(name, out var value) ? (double?)value : otherwise;

    /// <summary>A whole number.</summary>
    public int Integer(string name, int otherwise) => values.TryGetValue(name, out var value) ? (int)(double)value! : otherwise;

    /// <summary>A whole number or null.</summary>
    public int? NullableInteger(string name, int? otherwise) => values.TryGetValue(name, out var value) ? (int?)(double?)value : otherwise;

    /// <summary>True or false.</summary>
    public bool Boolean(string name, bool otherwise) => values.TryGetValue(name, out var value) ? (bool)value! : otherwise;

    /// <summary>A text.</summary>
    public string Text(string name, string otherwise) => values.TryGetValue(name, out var value) ? (string)value! : otherwise;

    /// <summary>A text or null.</summary>
    public string? NullableText(string name, string? otherwise) => values.TryGetValue(name, out var value) ? (string?)value : otherwise;

    /// <summary>One of an enum's words, in kebab-case.</summary>
    public TEnum Choice<TEnum>(string name, TEnum otherwise)
        where TEnum : struct, Enum
        => values.TryGetValue(name, out var value) ? Enum.Parse<TEnum>(((string)value!).Replace("-", "", StringComparison.Ordinal), ignoreCase: true) : otherwise;

    /// <summary>A list of strings or null.</summary>
    public IReadOnlyList<string>? NullableTextList(string name, IReadOnlyList<string>? otherwise)
        => values.TryGetValue(name, out var value) ? (IReadOnlyList<string>?)value : otherwise;

    /// <summary>A list of strings.</summary>
    public IReadOnlyList<string> TextList(string name, IReadOnlyList<string> otherwise)
        => values.TryGetValue(name, out var value) ? (IReadOnlyList<string>)value! : otherwise;
}

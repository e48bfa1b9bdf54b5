using ModelGate.Runs;

namespace ModelGate.Gates;

/// <summary>What is known of a gate at build time.</summary>
/// <param name="Id">The id, such as <c>MG5001</c>.</param>
/// <param name="Name">The name in a configuration, such as <c>spectral-flatness-must-stay-below</c>.</param>
/// <param name="ClassName">The class's name: the requirement that it states.</param>
/// <param name="Summary">One sentence: the class's doc comment.</param>
/// <param name="Create">Makes the gate.</param>
/// <param name="Options">Its options, in the order of their declaration.</param>
/// <param name="Bind">Makes its options record from values that were checked against <paramref name="Options"/>.</param>
internal sealed record GateDescriptor(
    string Id,
    string Name,
    string ClassName,
    string Summary,
    Func<Gate> Create,
    IReadOnlyList<OptionDescriptor> Options,
    Func<OptionValues, object> Bind)
{
    /// <summary>Whether it stands for what a configuration says in <c>require</c>, and not under <c>gates</c>.</summary>
    public bool FromRequirements { get; init; }

    /// <summary>The docs page, relative to the repository's root.</summary>
    public string Help => $"docs/gates/{Id}.md";

    /// <summary>The gate as a record of a run names it.</summary>
    public GateRef Ref { get; } = new(Id, Name, Summary, $"docs/gates/{Id}.md");
}

/// <summary>One option of a gate.</summary>
/// <param name="Name">The name in a configuration.</param>
/// <param name="Kind">The kind of value.</param>
/// <param name="Default">The default: a double, int, bool, string, list of strings, or null.</param>
/// <param name="Description">One sentence with the unit: the property's doc comment.</param>
internal sealed record OptionDescriptor(string Name, OptionKind Kind, object? Default, string Description)
{
    /// <summary>Whether null is a value: the gate then chooses for itself.</summary>
    public bool IsNullable { get; init; }

    /// <summary>The lowest value, where there is one.</summary>
    public double? Lowest { get; init; }

    /// <summary>The highest value, where there is one.</summary>
    public double? Highest { get; init; }

    /// <summary>The spelling of a choice, by its name in the code.</summary>
    public string ChoiceOf(string name)
        => Choices.FirstOrDefault(c => string.Equals(c.Replace("-", "", StringComparison.Ordinal), name, StringComparison.OrdinalIgnoreCase)) ?? name;

    /// <summary>The words to choose from.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];
}

/// <summary>The kind of an option's value.</summary>
internal enum OptionKind
{
    /// <summary>A number.</summary>
    Number,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>A text.</summary>
    Text,

    /// <summary>One of a few words.</summary>
    Choice,

    /// <summary>A list of texts.</summary>
    TextList,
}

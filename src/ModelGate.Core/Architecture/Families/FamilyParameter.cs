using ModelGate.Architecture.Families.Expressions;
using ModelGate.Artifacts;

namespace ModelGate.Architecture.Families;

/// <summary>A hyperparameter of a family.</summary>
/// <param name="Name">Its name in a template and in a configuration's <c>parameters</c>.</param>
/// <param name="Kind">What it holds.</param>
/// <param name="About">What it is, in one sentence.</param>
internal sealed record FamilyParameter(string Name, FamilyParameterKind Kind, string About)
{
    private const long Largest = 100_000_000;

    /// <summary>Where it stands in the trainer's own configuration: the first path that holds a value.</summary>
    public IReadOnlyList<string> From { get; init; } = [];

    /// <summary>The words to choose from, where it is a choice.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>Where an export states it beside its weights: a path among the checkpoint's scalars; empty where none does.</summary>
    public string Scalar { get; init; } = "";

    internal FamilyExpression? Default { get; init; }

    /// <summary>What the stated value stands for, as an expression over the parameter's own name; null where it stands for itself.</summary>
    internal FamilyExpression? As { get; init; }

    /// <summary>What the scalar stands for, as an expression over the parameter's own name; null where it stands for itself.</summary>
    internal FamilyExpression? ScalarAs { get; init; }

    /// <summary>What an export says by not stating the scalar; null where that says nothing.</summary>
    internal ConfigurationValue? Unstated { get; init; }

    /// <summary>The value as the template wants it.</summary>
    /// <exception cref="FamilyException">It is of another kind.</exception>
    internal ConfigurationValue Check(ConfigurationValue stated)
    {
        var value = Read(As, stated);
        var isFit = Kind switch
        {
            FamilyParameterKind.Integer => IsSize(value),
            FamilyParameterKind.Integers => value is ConfigurationValue.List { Items.Count: <= 1000 } list && list.Items.All(IsSize),
            FamilyParameterKind.Lists => value is ConfigurationValue.List { Items.Count: <= 1000 } lists && lists.Items.All(i => i is ConfigurationValue.List),
            FamilyParameterKind.Layers => value is ConfigurationValue.List { Items.Count: <= 1000 } layers && layers.Items.All(i => i is ConfigurationValue.Map),
            FamilyParameterKind.Choice => value is ConfigurationValue.Text text && Choices.Contains(text.Value, StringComparer.Ordinal),
            _ => true,
        };
        return isFit
            ? Kind == FamilyParameterKind.Flag ? new ConfigurationValue.Truth(value.IsTrue) : value
            : throw new FamilyException(SafeText.Of($"{Name} is {value.Description}; it has to be {Wanted}"));
    }

    /// <summary>The value that a scalar beside the weights states.</summary>
    /// <exception cref="FamilyException">It is of another kind.</exception>
    internal ConfigurationValue CheckScalar(ConfigurationValue scalar) => Check(Read(ScalarAs, scalar));

    private ConfigurationValue Read(FamilyExpression? expression, ConfigurationValue value)
        => expression?.Evaluate(FamilyScope.Empty(new FamilyBudget()).With(Name, value)) ?? value;

    private string Wanted => Kind switch
    {
        FamilyParameterKind.Integer => $"a whole number from 0 to {Largest}",
        FamilyParameterKind.Integers => $"a list of whole numbers from 0 to {Largest}",
        FamilyParameterKind.Lists => "a list of lists",
        FamilyParameterKind.Layers => "a list of objects",
        _ => "one of " + string.Join(", ", Choices),
    };

    private static bool IsSize(ConfigurationValue value) => value is ConfigurationValue.Integer { Value: >= 0 and <= Largest };
}

/// <summary>What a hyperparameter holds.</summary>
internal enum FamilyParameterKind
{
    /// <summary>A whole number, not negative.</summary>
    Integer,

    /// <summary>A list of whole numbers.</summary>
    Integers,

    /// <summary>A list of lists.</summary>
    Lists,

    /// <summary>A list of objects, one for each layer.</summary>
    Layers,

    /// <summary>One of a few words.</summary>
    Choice,

    /// <summary>True or false; anything else counts as Python counts it.</summary>
    Flag,

    /// <summary>Any value: the template compares it.</summary>
    Any,
}

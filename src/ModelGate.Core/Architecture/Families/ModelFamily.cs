using ModelGate.Architecture.Families.Expressions;
using ModelGate.Artifacts;

namespace ModelGate.Architecture.Families;

/// <summary>A family of networks: from hyperparameters to the names and shapes of every key. It is data; docs/families.md has the language.</summary>
internal sealed class ModelFamily
{
    private readonly IReadOnlyList<FamilyStatement> keys;
    private readonly IReadOnlyDictionary<string, FamilyPart> parts;
    private readonly IReadOnlyList<(string Sentence, FamilyExpression Condition)> requirements;
    private readonly IReadOnlyDictionary<string, ConfigurationValue.Map> variants;

    internal ModelFamily(
        string name,
        string title,
        IReadOnlyList<FamilyParameter> parameters,
        IReadOnlyDictionary<string, ConfigurationValue.Map> variants,
        IReadOnlyList<(string Sentence, FamilyExpression Condition)> requirements,
        IReadOnlyList<FamilyStatement> keys,
        IReadOnlyDictionary<string, FamilyPart> parts)
    {
        (Name, Title, Parameters, Variants) = (name, title, parameters, [.. variants.Keys]);
        (this.variants, this.requirements, this.keys, this.parts) = (variants, requirements, keys, parts);
    }

    /// <summary>The name, such as <c>hifi-gan</c>.</summary>
    public string Name { get; }

    /// <summary>What it is, in one sentence.</summary>
    public string Title { get; }

    /// <summary>Its hyperparameters, in the order in which they are read.</summary>
    public IReadOnlyList<FamilyParameter> Parameters { get; }

    /// <summary>The names of its well-known sets of hyperparameters.</summary>
    public IReadOnlyList<string> Variants { get; }

    /// <summary>Whether a state_dict is one of this family, as an expression over its tensors; null where no state_dict is recognized.</summary>
    internal FamilyExpression? Recognized { get; init; }

    /// <summary>Further values that a configuration states and no key shows.</summary>
    internal IReadOnlyList<FamilyParameter> Stated { get; init; } = [];

    /// <summary>The configuration that an export carries with it, or null.</summary>
    internal CarriedConfiguration? Carried { get; init; }

    /// <summary>What the tensors show, in the order in which they are looked at.</summary>
    internal IReadOnlyList<FamilyMeasure> Measures { get; init; } = [];

    /// <summary>What has to be equal among the values of one configuration.</summary>
    internal IReadOnlyList<FamilyAgreement> Agreements { get; init; } = [];

    /// <summary>A sentence that holds where the condition beside it does not.</summary>
    internal IReadOnlyList<(string Sentence, FamilyExpression Condition)> Requirements => requirements;

    /// <summary>The values of a well-known set of hyperparameters.</summary>
    internal IReadOnlyDictionary<string, ConfigurationValue> Variant(string name) => variants[name].Members;

    /// <summary>Whether a state_dict is one of this family.</summary>
    public bool Recognizes(FamilyTensors tensors)
    {
        var isOne = Recognized?.Evaluate(FamilyScope.Empty(new FamilyBudget(), tensors)).IsTrue == true;
        tensors.TakePlace();
        return isOne;
    }

    /// <summary>The keys that a network of this family has.</summary>
    /// <param name="variant">A well-known set of hyperparameters, or null.</param>
    /// <param name="configuration">The trainer's own configuration, or null; it goes before the variant.</param>
    /// <param name="given">Hyperparameters by name, or null; they go before all else.</param>
    /// <exception cref="FamilyException">A hyperparameter is missing, or they do not fit together, or ask for too much.</exception>
    public KeyManifest Expect(string? variant = null, ConfigurationValue? configuration = null, ConfigurationValue.Map? given = null)
    {
        var chosen = variant is null ? null : variants.GetValueOrDefault(variant)
            ?? throw new FamilyException(SafeText.Of($"{Name} has no variant \"{variant}\"; there are: {string.Join(", ", Variants)}"));
        if (given?.Members.Keys.FirstOrDefault(k => Parameters.All(p => p.Name != k)) is { } unknown)
        {
            throw new FamilyException(SafeText.Of($"{Name} has no parameter \"{unknown}\"; there are: {string.Join(", ", Parameters.Select(p => p.Name))}"));
        }

        var scope = FamilyScope.Empty(new FamilyBudget());
        foreach (var parameter in Parameters)
        {
            var value = Present(given, parameter.Name)
                ?? parameter.From.Select(path => configuration?.Find(path)).FirstOrDefault(v => v is not null)
                ?? Present(chosen, parameter.Name)
                ?? parameter.Default?.Evaluate(scope)
                ?? throw new FamilyException(Missing(parameter, configuration is not null));
            scope = scope.With(parameter.Name, parameter.Check(value));
        }

        foreach (var (sentence, condition) in requirements)
        {
            if (!condition.Evaluate(scope).IsTrue)
            {
                throw new FamilyException(SafeText.Of($"{sentence}"));
            }
        }

        var expansion = new FamilyExpansion(parts);
        expansion.Run(keys, "", scope);
        return new KeyManifest(expansion.Keys);
    }

    private static ConfigurationValue? Present(ConfigurationValue.Map? map, string name)
        => map?.Members.GetValueOrDefault(name) is { } value and not ConfigurationValue.Null ? value : null;

    private SafeText Missing(FamilyParameter parameter, bool hasConfiguration)
    {
        var places = hasConfiguration && parameter.From.Count > 0 ? SafeText.Of($": the configuration has no {string.Join(" and no ", parameter.From)}") : SafeText.Empty;
        return SafeText.Of($"{Name} needs {parameter.Name}{places}; give it under \"parameters\"{(Variants.Count > 0 ? ", or choose a variant: " + string.Join(", ", Variants) : "")}");
    }
}

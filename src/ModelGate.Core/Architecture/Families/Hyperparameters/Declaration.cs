using System.Globalization;
using ModelGate.Architecture.Families.Expressions;
using ModelGate.Artifacts;

namespace ModelGate.Architecture.Families.Hyperparameters;

/// <summary>The hyperparameters of a family that one configuration states: a file, the one that an export carries, or the scalars beside its weights.</summary>
internal sealed class Declaration
{
    private readonly FamilyScope scope;
    private readonly Dictionary<string, Hyperparameter> stated;

    private Declaration(Dictionary<string, Hyperparameter> stated, IReadOnlyList<SafeText> problems)
    {
        this.stated = stated;
        Problems = problems;
        scope = stated.Values.Aggregate(FamilyScope.Empty(new FamilyBudget()), (s, h) => s.With(h.Name, h.Value));
    }

    /// <summary>The names that it states, in the order of the template.</summary>
    public IEnumerable<string> Names => stated.Keys;

    /// <summary>What in it is not what the family has in its place.</summary>
    public IReadOnlyList<SafeText> Problems { get; }

    /// <summary>What a configuration file states. Values of another kind mean something else, and are passed over.</summary>
    public static Declaration OfFile(ModelFamily family, ConfigurationValue root, string file)
    {
        var stated = new Dictionary<string, Hyperparameter>(StringComparer.Ordinal);
        foreach (var parameter in Known(family))
        {
            foreach (var path in parameter.From)
            {
                if (root.Find(path) is { } value && Fit(parameter.Check, value, out _) is { } fit)
                {
                    stated.TryAdd(parameter.Name, new Hyperparameter(parameter.Name, fit, SafeText.Of($"{file} ({path})")));
                    break;
                }
            }
        }

        return new Declaration(stated, []);
    }

    /// <summary>What the configuration inside an export states, or null where there is none. Its places are fixed, so a value of another kind is a problem.</summary>
    public static Declaration? OfExport(ModelFamily family, Checkpoint checkpoint)
    {
        if (family.Carried is not { } carried || checkpoint.Find(carried.At) is not MetadataValue.List list)
        {
            return null;
        }

        var root = MetadataConversion.ToConfiguration(list);
        var problems = new List<SafeText>();
        if (carried.Items is { } items && list.Items.Count != items)
        {
            problems.Add(SafeText.Of($"{carried.At} has {list.Items.Count} items, and {family.Name}'s has {items}"));
        }

        var stated = new Dictionary<string, Hyperparameter>(StringComparer.Ordinal);
        foreach (var parameter in Known(family))
        {
            // A null in a fixed place is a value of the wrong kind.
            if (parameter.From.FirstOrDefault(p => root.Find(p) is not null || IsInside(p, list)) is not { } path)
            {
                continue;
            }

            if (Fit(parameter.Check, root.Find(path) ?? new ConfigurationValue.Null(), out var problem) is { } fit)
            {
                stated.Add(parameter.Name, new Hyperparameter(parameter.Name, fit, SafeText.Of($"the model's {carried.At}[{path}]")));
            }
            else
            {
                problems.Add(SafeText.Of($"{carried.At}[{path}]: {problem}"));
            }
        }

        return new Declaration(stated, problems);
    }

    /// <summary>What an export states beside its weights by itself, such as a label of its sample rate.</summary>
    public static Declaration OfScalars(ModelFamily family, Checkpoint checkpoint)
    {
        var stated = new Dictionary<string, Hyperparameter>(StringComparer.Ordinal);
        foreach (var parameter in Known(family).Where(p => p.Scalar.Length > 0))
        {
            if (checkpoint.Find(parameter.Scalar) is not { } scalar)
            {
                if (parameter.Unstated is { } value)
                {
                    stated.Add(parameter.Name, new Hyperparameter(parameter.Name, value, SafeText.Of($"the model, which states no {parameter.Scalar}")));
                }
            }
            else if (Fit(parameter.CheckScalar, MetadataConversion.ToConfiguration(scalar), out _) is { } fit)
            {
                stated.Add(parameter.Name, new Hyperparameter(parameter.Name, fit, SafeText.Of($"the model's {parameter.Scalar}")));
            }
        }

        return new Declaration(stated, []);
    }

    /// <summary>The values of a family's variant: those that any variant of the family sets, with the family's defaults.</summary>
    public static Declaration OfVariant(ModelFamily family, string variant)
    {
        var stated = new Dictionary<string, Hyperparameter>(StringComparer.Ordinal);
        var set = family.Variants.SelectMany(v => family.Variant(v).Keys).ToHashSet(StringComparer.Ordinal);
        var scope = FamilyScope.Empty(new FamilyBudget());
        foreach (var parameter in family.Parameters.Where(p => set.Contains(p.Name)))
        {
            var value = family.Variant(variant).GetValueOrDefault(parameter.Name)
                ?? (parameter.Default is { } expression && expression.Names.All(stated.ContainsKey) ? expression.Evaluate(scope) : null);
            if (value is not null)
            {
                var hyperparameter = new Hyperparameter(parameter.Name, parameter.Check(value), SafeText.From(variant));
                stated.Add(parameter.Name, hyperparameter);
                scope = scope.With(parameter.Name, hyperparameter.Value);
            }
        }

        return new Declaration(stated, []);
    }

    /// <summary>A stated hyperparameter, or null.</summary>
    public Hyperparameter? Find(string name) => stated.GetValueOrDefault(name);

    /// <summary>What it states of a measured hyperparameter; null where it does not.</summary>
    public Hyperparameter? Find(FamilyMeasure measure)
    {
        foreach (var expression in measure.Declared)
        {
            try
            {
                if (Evaluate(measure.Name, expression) is { Value: not ConfigurationValue.Null } declared)
                {
                    return declared;
                }
            }
            catch (FamilyException)
            {
                // What is stated has no such member or item, so it does not say this.
            }
        }

        return null;
    }

    /// <summary>An expression's value by what is stated, in the place of its first name; null where a name is not stated.</summary>
    /// <exception cref="FamilyException">The values do not allow it.</exception>
    public Hyperparameter? Evaluate(string name, FamilyExpression expression)
        => expression.Names.ToArray() is [var first, ..] names && names.All(stated.ContainsKey)
            ? new Hyperparameter(name, expression.Evaluate(scope), stated[first].Place)
            : null;

    private static IEnumerable<FamilyParameter> Known(ModelFamily family) => family.Parameters.Concat(family.Stated);

    private static bool IsInside(string path, MetadataValue.List list)
        => int.TryParse(path, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < list.Items.Count;

    private static ConfigurationValue? Fit(Func<ConfigurationValue, ConfigurationValue> check, ConfigurationValue value, out SafeText problem)
    {
        try
        {
            problem = SafeText.Empty;
            return check(value);
        }
        catch (FamilyException fault)
        {
            problem = fault.Sentence;
            return null;
        }
    }
}

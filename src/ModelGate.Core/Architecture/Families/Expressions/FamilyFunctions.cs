using System.Globalization;
using ModelGate.Artifacts;

namespace ModelGate.Architecture.Families.Expressions;

/// <summary>The functions of the expressions.</summary>
internal static class FamilyFunctions
{
    /// <summary>Their names.</summary>
    public static IReadOnlyList<string> Names { get; } = ["any", "count", "get", "has", "len", "max", "min", "number", "prod", "range", "shape", "size", "sum"];

    /// <summary>A function's value.</summary>
    /// <exception cref="FamilyException">The arguments do not fit.</exception>
    public static ConfigurationValue Apply(string name, IReadOnlyList<ConfigurationValue> arguments, FamilyScope scope) => (name, arguments.Count) switch
    {
        ("len", 1) => new ConfigurationValue.Integer(FamilyArithmetic.Items(arguments[0]).Count),
        ("min", 1) => Best(Numbers(arguments[0]), static n => n.Min()),
        ("max", 1) => Best(Numbers(arguments[0]), static n => n.Max()),
        ("min", > 1) => Best([.. arguments.Select(FamilyArithmetic.Whole)], static n => n.Min()),
        ("max", > 1) => Best([.. arguments.Select(FamilyArithmetic.Whole)], static n => n.Max()),
        ("prod", 1 or 2) => Fold("*", 1, arguments, scope.Budget),
        ("sum", 1 or 2) => Fold("+", 0, arguments, scope.Budget),
        ("range", >= 1 and <= 3) => Range(arguments, scope.Budget),
        ("get", 2 or 3) => Get(arguments),
        ("number", 1) => Number(arguments[0]),
        ("has" or "shape" or "size" or "count" or "any", _) when scope.Tensors is { } tensors => OfTensors(name, arguments, tensors, scope.Budget),
        _ => throw new FamilyException(SafeText.Of($"there is no function {name} of {arguments.Count} values")),
    };

    private static ConfigurationValue.Integer Best(long[] numbers, Func<long[], long> best)
        => numbers.Length > 0 ? new ConfigurationValue.Integer(best(numbers)) : throw new FamilyException(SafeText.Of($"an empty list has no least and no greatest"));

    private static long[] Numbers(ConfigurationValue list) => [.. FamilyArithmetic.Items(list).Select(FamilyArithmetic.Whole)];

    // The second argument is the index to begin at; beyond the end there is nothing, and the product of nothing is 1.
    private static ConfigurationValue Fold(string op, long start, IReadOnlyList<ConfigurationValue> arguments, FamilyBudget budget)
    {
        var from = arguments.Count > 1 ? FamilyArithmetic.Whole(arguments[1]) : 0;
        ConfigurationValue result = new ConfigurationValue.Integer(start);
        foreach (var item in FamilyArithmetic.Items(arguments[0]).Skip((int)Math.Clamp(from, 0, int.MaxValue)))
        {
            budget.Step();
            result = FamilyArithmetic.Apply(op, result, item);
        }

        return result;
    }

    // What a label such as 48k spells.
    private static ConfigurationValue.Integer Number(ConfigurationValue value) => value switch
    {
        ConfigurationValue.Integer number => number,
        ConfigurationValue.Text { Value: [.. var digits, 'k'] } when Digits(digits) is { } thousands and < 1_000_000 => new ConfigurationValue.Integer(thousands * 1000),
        ConfigurationValue.Text text when Digits(text.Value) is { } number => new ConfigurationValue.Integer(number),
        _ => throw new FamilyException(SafeText.Of($"{value.Description} spells no number")),
    };

    private static long? Digits(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static ConfigurationValue OfTensors(string name, IReadOnlyList<ConfigurationValue> arguments, FamilyTensors tensors, FamilyBudget budget)
    {
        budget.Step();
        if (arguments.Count == 0 || arguments[0] is not ConfigurationValue.Text { Value: var tensor })
        {
            throw new FamilyException(SafeText.Of($"{name} needs the name of a tensor"));
        }

        return (name, arguments.Count) switch
        {
            ("has", 1) => new ConfigurationValue.Truth(tensors.Find(tensor) is not null),
            ("shape", 1) => new ConfigurationValue.List([.. tensors.Shape(tensor).Select(s => new ConfigurationValue.Integer(s))]),
            ("size", 2) => new ConfigurationValue.Integer(tensors.Size(tensor, FamilyArithmetic.Whole(arguments[1]))),
            ("count", 1) => new ConfigurationValue.Integer(tensors.Count(tensor, budget)),
            ("any", 1) => new ConfigurationValue.Truth(tensors.Any(tensor)),
            _ => throw new FamilyException(SafeText.Of($"there is no function {name} of {arguments.Count} values")),
        };
    }

    private static ConfigurationValue.List Range(IReadOnlyList<ConfigurationValue> arguments, FamilyBudget budget)
    {
        var start = arguments.Count > 1 ? FamilyArithmetic.Whole(arguments[0]) : 0;
        var end = FamilyArithmetic.Whole(arguments[arguments.Count > 1 ? 1 : 0]);
        var step = arguments.Count > 2 ? FamilyArithmetic.Whole(arguments[2]) : 1;
        if (step <= 0)
        {
            throw new FamilyException(SafeText.Of($"a range cannot have steps of {step}"));
        }

        var span = (Int128)end - start;
        var count = span <= 0 ? 0 : (span + step - 1) / step;
        FamilyBudget.RequireLength((long)Int128.Min(count, long.MaxValue));
        budget.Step((int)count);
        return new ConfigurationValue.List([.. Enumerable.Range(0, (int)count).Select(i => new ConfigurationValue.Integer(start + (i * step)))]);
    }

    private static ConfigurationValue Get(IReadOnlyList<ConfigurationValue> arguments)
    {
        if (arguments[0] is not ConfigurationValue.Map map || arguments[1] is not ConfigurationValue.Text name)
        {
            throw new FamilyException(SafeText.Of($"{arguments[0].Description} stands where an object is needed"));
        }

        return map.Members.TryGetValue(name.Value, out var value) && value is not ConfigurationValue.Null ? value
            : arguments.Count > 2 ? arguments[2] : throw new FamilyException(SafeText.Of($"an object has no \"{name.Value}\""));
    }
}

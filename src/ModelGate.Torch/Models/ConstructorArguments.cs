using System.Reflection;
using System.Text.Json;

namespace ModelGate.Torch.Models;

/// <summary>Arguments of a constructor from a JSON object, by name.</summary>
internal static class ConstructorArguments
{
    private static readonly JsonSerializerOptions Options = new() { PropertyNameCaseInsensitive = false, Converters = { new System.Text.Json.Serialization.JsonStringEnumConverter() } };

    /// <summary>Makes an object with the constructor that takes all of the arguments, and the fewest others.</summary>
    /// <exception cref="ModelException">No constructor takes them, an argument is of the wrong kind, or the constructor fails.</exception>
    public static object Make(Type type, JsonElement? arguments)
    {
        var given = arguments is { ValueKind: JsonValueKind.Object } members ? members.EnumerateObject().ToDictionary(m => m.Name, m => m.Value, StringComparer.Ordinal) : [];
        var constructors = type.GetConstructors();
        var chosen = constructors.Where(c => Takes(c, given)).MinBy(c => c.GetParameters().Length)
            ?? throw new ModelException(SafeText.Of($"{type.FullName} has no constructor that takes {(given.Count == 0 ? "no arguments" : string.Join(", ", given.Keys))}; {Offered(constructors)}"));
        var values = chosen.GetParameters().Select(p => given.TryGetValue(p.Name!, out var value) ? Value(type, p, value) : p.DefaultValue).ToArray();
        try
        {
            return chosen.Invoke(values);
        }
        catch (TargetInvocationException fault)
        {
            var inner = fault.InnerException!;
            throw new ModelException(SafeText.Of($"the constructor of {type.FullName} fails with {inner.GetType().Name}: {Sentences.FirstLine(inner.Message)}"));
        }
    }

    private static bool Takes(ConstructorInfo constructor, Dictionary<string, JsonElement> given)
    {
        var parameters = constructor.GetParameters();
        return given.Keys.All(k => parameters.Any(p => p.Name == k)) && parameters.All(p => p.HasDefaultValue || given.ContainsKey(p.Name!));
    }

    private static object? Value(Type type, ParameterInfo parameter, JsonElement value)
    {
        try
        {
            return value.Deserialize(parameter.ParameterType, Options);
        }
        catch (Exception fault) when (fault is JsonException or NotSupportedException or InvalidOperationException)
        {
            throw new ModelException(SafeText.Of($"the argument {parameter.Name} of {type.FullName} has type {parameter.ParameterType.Name}, and {value.GetRawText()} cannot be converted to it"));
        }
    }

    private static SafeText Offered(ConstructorInfo[] constructors) => constructors.Length == 0
        ? SafeText.Of($"it has no public constructor")
        : SafeText.Of($"there is {string.Join(", and ", constructors.Select(c => $"({string.Join(", ", c.GetParameters().Select(p => $"{p.ParameterType.Name} {p.Name}"))})"))}");
}

using System.Text.Json;
using ModelGate.Architecture.Families.Expressions;
using ModelGate.Artifacts;

namespace ModelGate.Architecture.Families;

/// <summary>Reads the members of a template's <c>keys</c> and <c>parts</c>.</summary>
internal static class FamilyStatementParser
{
    /// <summary>Reads members: a list is a shape, a text the call of a part, an object more members.</summary>
    /// <exception cref="FamilyException">A member cannot be read.</exception>
    public static IReadOnlyList<FamilyStatement> Body(JsonElement members)
    {
        if (members.ValueKind != JsonValueKind.Object)
        {
            throw new FamilyException(SafeText.Of($"expected an object of keys, and found {members.GetRawText()}"));
        }

        return [.. members.EnumerateObject().SelectMany(m => m is { Name: ".", Value.ValueKind: JsonValueKind.Array }
            ? m.Value.EnumerateArray().Select(part => Statement(m.Name, part))
            : [Statement(m.Name, m.Value)])];
    }

    /// <summary>Reads a part: <c>name(argument, ...)</c> and its members.</summary>
    /// <exception cref="FamilyException">It cannot be read.</exception>
    public static FamilyPart Part(string head, JsonElement members)
    {
        var call = FamilyExpressionParser.ParseCall(head);
        return new FamilyPart(
            call.Function,
            [.. call.Arguments.Select(a => a is FamilyExpression.Name name ? name.Text : throw new FamilyException(SafeText.Of($"\"{head}\" has an argument that is not a name")))],
            Body(members));
    }

    /// <summary>Reads a shape: numbers and expressions.</summary>
    /// <exception cref="FamilyException">A size cannot be read.</exception>
    public static IReadOnlyList<FamilyExpression> Shape(JsonElement sizes) => [.. sizes.EnumerateArray().Select(Size)];

    private static FamilyExpression Size(JsonElement size) => size.ValueKind switch
    {
        JsonValueKind.Number when size.TryGetInt64(out var number) => new FamilyExpression.Literal(new ConfigurationValue.Integer(number)),
        JsonValueKind.String => FamilyExpressionParser.Parse(size.GetString()),
        _ => throw new FamilyException(SafeText.Of($"{size.GetRawText()} is not a size")),
    };

    private static FamilyStatement Statement(string name, JsonElement value)
    {
        if (name.StartsWith("if ", StringComparison.Ordinal))
        {
            return new FamilyStatement.If(FamilyExpressionParser.Parse(name.AsSpan(3)), Body(value));
        }

        if (name.StartsWith("for ", StringComparison.Ordinal))
        {
            var (variable, list) = Split(name, 4, " in ");
            return new FamilyStatement.For(variable, list, Body(value));
        }

        if (name.StartsWith("let ", StringComparison.Ordinal))
        {
            var (variable, bound) = Split(name, 4, " = ");
            return new FamilyStatement.Let(variable, bound, Body(value));
        }

        return value.ValueKind switch
        {
            JsonValueKind.Array => new FamilyStatement.Key(NameTemplate.Parse(name), Shape(value)),
            JsonValueKind.String => new FamilyStatement.Use(name == "." ? null : NameTemplate.Parse(name), FamilyExpressionParser.ParseCall(value.GetString())),
            _ => new FamilyStatement.Under(NameTemplate.Parse(name), Body(value)),
        };
    }

    private static (string Name, FamilyExpression Value) Split(string text, int start, string separator)
    {
        var end = text.IndexOf(separator, start, StringComparison.Ordinal);
        return end > 0 && FamilyTokens.IsName(text.AsSpan(start, end - start))
            ? (text[start..end], FamilyExpressionParser.Parse(text.AsSpan(end + separator.Length)))
            : throw new FamilyException(SafeText.Of($"\"{text}\" has no name and \"{separator.Trim()}\" here"));
    }
}

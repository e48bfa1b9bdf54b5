using System.Text.Json;
using ModelGate.Architecture.Families.Expressions;

namespace ModelGate.Architecture.Families;

/// <summary>
/// Reads a template's <c>measured</c>: a text is an expression over tensors, an object has <c>tensors</c> and <c>declared</c>, and <c>.</c>
/// is a group of measures that several families share, <c>group(argument, ...)</c>, or a list of groups.
/// </summary>
internal static class FamilyMeasureReader
{
    /// <summary>Reads measures; those of a group stand in the place of its call.</summary>
    /// <param name="groups">The groups by their heads, such as <c>generator(prefix, end)</c>.</param>
    /// <exception cref="FamilyException">A measure cannot be read, or there is no such group.</exception>
    public static IReadOnlyList<FamilyMeasure> Read(JsonElement measures, IReadOnlyDictionary<string, JsonElement> groups)
    {
        var byName = groups.Select(g => (Head: FamilyExpressionParser.ParseCall(g.Key), Body: g.Value)).ToDictionary(g => g.Head.Function, StringComparer.Ordinal);
        return [.. Measures(measures, [], 0)];

        IEnumerable<FamilyMeasure> Measures(JsonElement members, IReadOnlyList<(string, FamilyExpression)> arguments, int depth)
        {
            if (depth > FamilyBudget.DeepestNesting)
            {
                throw new FamilyException(SafeText.Of($"groups of measures are nested deeper than {FamilyBudget.DeepestNesting}"));
            }

            return members.EnumerateObject().SelectMany(member => member is { Name: ".", Value.ValueKind: JsonValueKind.Array }
                ? member.Value.EnumerateArray().SelectMany(call => Group(FamilyExpressionParser.ParseCall(call.GetString()), arguments, depth))
                : member.Name == "."
                    ? Group(FamilyExpressionParser.ParseCall(member.Value.GetString()), arguments, depth)
                    : [Measure(member.Name, member.Value, arguments)]);
        }

        IEnumerable<FamilyMeasure> Group(FamilyExpression.Call call, IReadOnlyList<(string, FamilyExpression)> outer, int depth)
        {
            if (!byName.TryGetValue(call.Function, out var group) || group.Head.Arguments.Count != call.Arguments.Count)
            {
                throw new FamilyException(SafeText.Of($"there is no group {call.Function} of {call.Arguments.Count} values"));
            }

            return Measures(group.Body, [.. outer, .. group.Head.Arguments.Select((a, i) => (((FamilyExpression.Name)a).Text, call.Arguments[i]))], depth + 1);
        }
    }

    private static FamilyMeasure Measure(string name, JsonElement value, IReadOnlyList<(string Name, FamilyExpression Value)> arguments)
    {
        if (value.ValueKind == JsonValueKind.String)
        {
            return new FamilyMeasure(name, FamilyExpressionParser.Parse(value.GetString()), [new FamilyExpression.Name(name)], arguments);
        }

        var declared = value.TryGetProperty("declared", out var said) ? said : default;
        return new FamilyMeasure(
            name,
            FamilyExpressionParser.Parse(value.GetProperty("tensors").GetString()),
            declared.ValueKind switch
            {
                JsonValueKind.String => [FamilyExpressionParser.Parse(declared.GetString())],
                JsonValueKind.Array => [.. declared.EnumerateArray().Select(d => FamilyExpressionParser.Parse(d.GetString()))],
                _ => [new FamilyExpression.Name(name)],
            },
            arguments)
        {
            IsMergeable = value.TryGetProperty("mergeable", out var mergeable) && mergeable.GetBoolean(),
        };
    }
}

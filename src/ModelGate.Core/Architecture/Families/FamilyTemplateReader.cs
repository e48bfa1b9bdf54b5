using System.Text.Json;
using ModelGate.Architecture.Families.Expressions;
using ModelGate.Artifacts;

namespace ModelGate.Architecture.Families;

/// <summary>Reads template files. They are built in, so what is wrong in one is our own fault.</summary>
internal static class FamilyTemplateReader
{
    private static readonly JsonDocumentOptions Options = new() { CommentHandling = JsonCommentHandling.Skip, MaxDepth = 32 };

    /// <summary>Reads a file of parts.</summary>
    public static IEnumerable<FamilyPart> Parts(Stream file)
    {
        using var document = JsonDocument.Parse(file, Options);
        return [.. Parts(document.RootElement)];
    }

    /// <summary>Reads a family.</summary>
    /// <param name="name">Its name: that of the file.</param>
    /// <param name="file">The file.</param>
    /// <param name="shared">The parts that every family may use.</param>
    /// <param name="sharedMeasures">The groups of measures that every family may use.</param>
    public static ModelFamily Family(string name, Stream file, IEnumerable<FamilyPart> shared, IReadOnlyDictionary<string, JsonElement> sharedMeasures)
    {
        using var document = JsonDocument.Parse(file, Options);
        var root = document.RootElement;
        var parts = shared.Concat(root.TryGetProperty("parts", out var own) ? Parts(own) : []).ToDictionary(p => p.Name, StringComparer.Ordinal);
        return new ModelFamily(
            name,
            root.GetProperty("title").GetString()!,
            [.. root.GetProperty("parameters").EnumerateObject().Select(p => Parameter(p.Name, p.Value))],
            root.TryGetProperty("variants", out var variants)
                ? variants.EnumerateObject().ToDictionary(v => v.Name, v => (ConfigurationValue.Map)Value(v.Value), StringComparer.Ordinal)
                : [],
            root.TryGetProperty("requires", out var requires)
                ? [.. requires.EnumerateObject().Select(r => (r.Name, FamilyExpressionParser.Parse(r.Value.GetString())))]
                : [],
            FamilyStatementParser.Body(root.GetProperty("keys")),
            parts)
        {
            Recognized = Expression(root, "recognized"),
            Stated = root.TryGetProperty("stated", out var stated) ? [.. stated.EnumerateObject().Select(p => Parameter(p.Name, p.Value))] : [],
            Carried = root.TryGetProperty("carried", out var carried)
                ? new CarriedConfiguration(carried.GetProperty("at").GetString()!, carried.TryGetProperty("items", out var items) ? items.GetInt32() : null)
                : null,
            Measures = root.TryGetProperty("measured", out var measured) ? FamilyMeasureReader.Read(measured, sharedMeasures) : [],
            Agreements = root.TryGetProperty("agrees", out var agrees)
                ? [.. agrees.EnumerateObject().Select(a => FamilyAgreement.Parse(a.Name, a.Value.GetString()!))]
                : [],
        };
    }

    /// <summary>Reads a file of groups of measures; they are read further where they are used.</summary>
    public static IEnumerable<KeyValuePair<string, JsonElement>> Measures(Stream file)
    {
        using var document = JsonDocument.Parse(file, Options);
        return [.. document.RootElement.EnumerateObject().Select(g => KeyValuePair.Create(g.Name, g.Value.Clone()))];
    }

    private static IEnumerable<FamilyPart> Parts(JsonElement parts) => parts.EnumerateObject().Select(p => FamilyStatementParser.Part(p.Name, p.Value));

    private static FamilyParameter Parameter(string name, JsonElement parameter) => new(
        name,
        Enum.Parse<FamilyParameterKind>(parameter.GetProperty("kind").GetString()!, ignoreCase: true),
        parameter.GetProperty("about").GetString()!)
    {
        From = Texts(parameter, "from"),
        Choices = Texts(parameter, "choices"),
        Scalar = parameter.TryGetProperty("scalar", out var scalar) ? scalar.GetString()! : "",
        As = Expression(parameter, "as"),
        ScalarAs = Expression(parameter, "scalarAs"),
        Unstated = parameter.TryGetProperty("unstated", out var unstated) ? Value(unstated) : null,
        Default = parameter.TryGetProperty("default", out var value)
            ? value.ValueKind == JsonValueKind.String ? FamilyExpressionParser.Parse(value.GetString()) : new FamilyExpression.Literal(Value(value))
            : null,
    };

    private static FamilyExpression? Expression(JsonElement element, string name)
        => element.TryGetProperty(name, out var text) ? FamilyExpressionParser.Parse(text.GetString()) : null;

    private static string[] Texts(JsonElement element, string name)
        => element.TryGetProperty(name, out var texts) ? [.. texts.EnumerateArray().Select(t => t.GetString()!)] : [];

    private static ConfigurationValue Value(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => new ConfigurationValue.Map(element.EnumerateObject().ToDictionary(m => m.Name, m => Value(m.Value), StringComparer.Ordinal)),
        JsonValueKind.Array => new ConfigurationValue.List([.. element.EnumerateArray().Select(Value)]),
        JsonValueKind.Number => new ConfigurationValue.Integer(element.GetInt64()),
        JsonValueKind.String => new ConfigurationValue.Text(element.GetString()!),
        _ => new ConfigurationValue.Truth(element.ValueKind == JsonValueKind.True),
    };
}

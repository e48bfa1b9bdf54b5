using System.Text.Json.Nodes;

namespace ModelGate.Configuration.Schema;

/// <summary>The few forms that the schema of a configuration is made of.</summary>
internal static class SchemaNodes
{
    /// <summary>A value of a type; the description may be left out.</summary>
    public static JsonObject Of(string type, string? description = null)
    {
        var node = new JsonObject { ["type"] = type };
        return description is null ? node : Described(description, node);
    }

    /// <summary>An object that has these members and no others.</summary>
    public static JsonObject Closed(string? description, IEnumerable<KeyValuePair<string, JsonNode?>> members, params string[] required)
    {
        var node = Of("object", description);
        node["additionalProperties"] = false;
        if (required.Length > 0)
        {
            node["required"] = Texts(required);
        }

        node["properties"] = members as JsonObject ?? new JsonObject(members);
        return node;
    }

    /// <summary>A list of strings.</summary>
    public static JsonObject Strings(string? description = null) => With(Of("array", description), ("items", Of("string")));

    /// <summary>A string that is not empty.</summary>
    public static JsonObject Name(string? description = null) => With(Of("string", description), ("minLength", 1));

    /// <summary>One of these.</summary>
    public static JsonObject OneOf(string description, params JsonNode?[] nodes) => new() { ["description"] = description, ["oneOf"] = new JsonArray(nodes) };

    /// <summary>What is defined elsewhere.</summary>
    public static JsonObject Reference(string path) => new() { ["$ref"] = "#/" + path };

    /// <summary>A list of words.</summary>
    public static JsonArray Texts(IEnumerable<string> words) => new([.. words.Select(w => (JsonNode?)w)]);

    /// <summary>The node with more members.</summary>
    public static JsonObject With(JsonObject node, params (string Name, JsonNode? Value)[] members)
    {
        foreach (var (name, value) in members)
        {
            node[name] = value;
        }

        return node;
    }

    private static JsonObject Described(string description, JsonObject node)
    {
        node.Insert(0, "description", description);
        return node;
    }
}

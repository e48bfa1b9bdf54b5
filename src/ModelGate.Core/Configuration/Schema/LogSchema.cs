using System.Text.Json.Nodes;
using ModelGate.Configuration.Binding;
using static ModelGate.Configuration.Schema.SchemaNodes;

namespace ModelGate.Configuration.Schema;

/// <summary>The schema of the object that the role log may be.</summary>
internal static class LogSchema
{
    /// <summary>The object.</summary>
    public static JsonNode Form() => Closed(
        "Logs in a form of their own, with regular expressions that find what they state. They do not backtrack: lookarounds and references back are not known.",
        new JsonObject
        {
            ["files"] = OneOf("The files, relative to this file.", Reference("definitions/globs")),
            ["step"] = Pattern("Finds a step: its one group is a whole number."),
            ["series"] = OneOf(
                "Finds the values.",
                Pattern("Its groups name and value are a series and its value, as often as it matches."),
                With(Of("object", "Each series, and the pattern whose one group is its value."), ("minProperties", 1), ("additionalProperties", Pattern(null)))),
        },
        "files", "step", "series");

    private static JsonObject Pattern(string? description) => With(Name(description), ("maxLength", LogPatternReader.LongestPattern), ("format", "regex"));
}

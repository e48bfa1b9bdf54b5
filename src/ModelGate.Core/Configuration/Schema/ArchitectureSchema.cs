using System.Text.Json.Nodes;
using ModelGate.Architecture.Families;
using static ModelGate.Configuration.Schema.SchemaNodes;

namespace ModelGate.Configuration.Schema;

/// <summary>The schema of the object that the role architecture may be.</summary>
internal static class ArchitectureSchema
{
    /// <summary>One schema for each kind of object.</summary>
    public static IEnumerable<JsonNode?> Forms() =>
    [
        .. ModelFamilies.Names.Select(n => Family(ModelFamilies.Find(n)!)),
        Closed(
            "Names with sets in braces, and the shape of each.",
            new JsonObject
            {
                ["pattern"] = With(
                    Of("object"),
                    ("minProperties", 1),
                    ("additionalProperties", new JsonObject
                    {
                        ["oneOf"] = new JsonArray(Shape(), Closed(null, new JsonObject { ["shape"] = Shape(), ["dtype"] = Name("The element type's name.") }, "shape")),
                    })),
            },
            "pattern"),
        Closed(
            "A command that prints a key manifest; it is run only with --allow-commands.",
            new JsonObject
            {
                ["command"] = With(Strings("The program, then each of its arguments. No shell sees them."), ("minItems", 1)),
                ["timeout"] = With(Of("integer", "How long it may take, in seconds."), ("minimum", 1), ("maximum", 600), ("default", 60)),
            },
            "command"),
        Closed(
            "A TorchSharp module of an assembly, whose names and shapes are expected; it is loaded by modelgate-torch, and only with --allow-assemblies.",
            new JsonObject
            {
                ["assembly"] = Name("The assembly, relative to this file."),
                ["type"] = Name("The module's type, with its namespace."),
                ["arguments"] = Of("object", "The constructor's arguments by name."),
                ["timeout"] = With(Of("integer", "How long it may take, in seconds."), ("minimum", 1), ("maximum", 600), ("default", 60)),
            },
            "assembly",
            "type"),
    ];

    private static JsonObject Family(ModelFamily family)
    {
        var members = new JsonObject { ["family"] = new JsonObject { ["const"] = family.Name } };
        if (family.Variants.Count > 0)
        {
            members["variant"] = new JsonObject { ["description"] = "A well-known set of hyperparameters.", ["enum"] = Texts(family.Variants) };
        }

        members["config"] = Name("The run's own configuration, relative to this file: its hyperparameters go before the variant's.");
        members["parameters"] = Closed("Hyperparameters that go before all else.", family.Parameters.Select(p => KeyValuePair.Create(p.Name, (JsonNode?)Parameter(p))));
        return Closed(family.Title, members, "family");
    }

    private static JsonObject Parameter(FamilyParameter parameter)
    {
        var node = new JsonObject { ["description"] = parameter.About };
        return parameter switch
        {
            { Choices.Count: > 0 } => With(node, ("enum", Texts(parameter.Choices))),
            { Kind: FamilyParameterKind.Integer } => With(node, ("type", "integer"), ("minimum", 0)),
            { Kind: FamilyParameterKind.Integers or FamilyParameterKind.Lists or FamilyParameterKind.Layers } => With(node, ("type", "array")),
            _ => node,
        };
    }

    private static JsonObject Shape() => With(
        Of("array", "The sizes: whole numbers, or expressions over names of the pattern."),
        ("items", new JsonObject { ["type"] = Texts(["integer", "string"]) }));
}

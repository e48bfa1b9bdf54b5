using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ModelGate.Bytes;
using ModelGate.Configuration.Binding;
using ModelGate.Gates;
using ModelGate.Gates.Catalogue;
using ModelGate.Runs;
using ModelGate.Trainers;
using static ModelGate.Configuration.Schema.SchemaNodes;

namespace ModelGate.Configuration.Schema;

/// <summary>Writes the JSON Schema (draft 7, which editors know best) of <c>gate.config.json</c> from the catalogues of gates, signals, roles and limits.</summary>
internal static class GateConfigurationSchema
{
    // A configuration that has none of these judges nothing.
    private static readonly string[] OneIsNeeded = ["gates", "require", "overrides", "extends"];

    /// <summary>The schema as UTF-8 text with a final newline.</summary>
    public static byte[] Write()
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            var root = Root();
            root.Insert(0, "$schema", "http://json-schema.org/draft-07/schema#");
            root.Insert(1, "title", "ModelGate configuration");
            root.WriteTo(json);
        }

        buffer.WriteByte((byte)'\n');
        return buffer.ToArray();
    }

    private static JsonObject Root() => With(
        Closed(
            "Which files of a training run play which part, and what is required of them.",
            new JsonObject
            {
                ["$schema"] = Of("string", "Where this schema is, for editors."),
                ["extends"] = OneOf(
                    "What this configuration adds to: a trainer's preset, the relative path of another configuration, or a list of them. Later entries win member by member, this file last.",
                    With(Name(), ("examples", Texts(TrainerCatalogue.Presets))),
                    With(Of("array"), ("minItems", 1), ("items", Name()))),
                ["artifacts"] = Closed("The files, by the part they play: a glob or a list of globs, relative to this file. A glob with ! in front takes files out again.", Roles()),
                ["stateDict"] = With(Of("string", "The dotted path of the container to judge in checkpoints that have it, such as model: needed where several containers fit and differ."), ("minLength", 1)),
                ["limits"] = Closed("What a file may cost to read: one that costs more is refused, and the gates that need it are inconclusive.", Limits()),
                ["gates"] = Closed("The gates that run, by name: an object of options, or a severity alone.", GateCatalogue.Configurable.Select(g => KeyValuePair.Create(g.Name, (JsonNode?)Gate(g)))),
                ["require"] = Requirements(),
                ["waivers"] = With(Of("array", "Failures that are accepted for a while: counted and shown, and an error once they have ended."), ("items", Closed(
                    null,
                    new JsonObject
                    {
                        ["gate"] = With(Of("string", "The gate that may fail, by name or id."), ("minLength", 1)),
                        ["artifact"] = OneOf("The files that it may fail for, relative to this file; every failure of the gate where this is left out.", Reference("definitions/globs")),
                        ["statement"] = With(Of("string", "Why the failure is accepted."), ("minLength", 1)),
                        ["owner"] = With(Of("string", "Who answers for it."), ("minLength", 1)),
                        ["until"] = With(Of("string", "The last day on which it holds, such as 2027-01-31."), ("pattern", "^[0-9]{4}-[0-9]{2}-[0-9]{2}$")),
                    },
                    [.. WaiverBinder.Required]))),
                ["overrides"] = With(Of("array", "What holds for some files only; later overrides win option by option."), ("items", Closed(
                    null,
                    new JsonObject
                    {
                        ["files"] = OneOf("The files, relative to this file.", Reference("definitions/globs")),
                        ["gates"] = Reference("properties/gates"),
                        ["require"] = Reference("properties/require"),
                    },
                    "files"))),
            }),
        ("anyOf", new JsonArray([.. OneIsNeeded.Select(m => (JsonNode?)new JsonObject { ["required"] = Texts([m]) })])),
        ("definitions", new JsonObject
        {
            ["globs"] = new JsonObject { ["oneOf"] = new JsonArray(Name(), With(Of("array"), ("minItems", 1), ("items", Name()))) },
            ["roleGlobs"] = new JsonObject { ["oneOf"] = new JsonArray(Name(), With(Of("array"), ("items", Name()))) },
            ["severity"] = new JsonObject
            {
                ["description"] = "What a finding means: nothing (the gate does not run), a warning, or a failed evaluation.",
                ["enum"] = Texts(SeverityReader.Words),
            },
            ["requirement"] = Requirement(),
        }));

    private static IEnumerable<KeyValuePair<string, JsonNode?>> Roles() => ArtifactRoles.All.Select(role => KeyValuePair.Create(
        role.Key(),
        (JsonNode?)OneOf(role.Description(), [Reference("definitions/roleGlobs"), .. role switch
        {
            ArtifactRole.Architecture => ArchitectureSchema.Forms(),
            ArtifactRole.Log => [LogSchema.Form()],
            _ => [],
        }])));

    private static IEnumerable<KeyValuePair<string, JsonNode?>> Limits() => ReadLimits.All.Select(limit => KeyValuePair.Create(
        limit.Name,
        (JsonNode?)With(Of("integer", limit.Description), ("minimum", LimitDescriptor.Lowest), ("maximum", limit.Highest), ("default", limit.Default))));

    private static JsonObject Requirements()
    {
        var roles = string.Join('|', ArtifactRoles.All.Where(r => r != ArtifactRole.Metrics).Select(r => Regex.Escape(r.Key())));
        var signals = string.Join('|', RequirementBinder.Signals.Select(Regex.Escape));
        return With(
            Of("object", "Bounds on signals: a role, a dot and a signal, such as output.rms; or metrics, a dot and the dotted path of one of the team's own numbers, such as metrics.eval.wer."),
            ("additionalProperties", false),
            ("patternProperties", new JsonObject
            {
                [$"^({roles})\\.({signals})$"] = Reference("definitions/requirement"),
                [$"^{ArtifactRole.Metrics.Key()}\\..+$"] = Reference("definitions/requirement"),
            }));
    }

    private static JsonObject Requirement()
    {
        var bounds = new JsonObject();
        foreach (var (name, relation) in RequirementBinder.Bounds)
        {
            bounds[name] = Of("number", $"A value has to be {RequirementBinder.Word(relation)}.");
        }

        bounds[SeverityReader.Name] = Reference("definitions/severity");
        return new JsonObject { ["oneOf"] = new JsonArray(Reference("definitions/severity"), Closed(null, bounds)) };
    }

    private static JsonObject Gate(GateDescriptor gate) => OneOf(
        $"{gate.Id}: {gate.Summary}",
        Reference("definitions/severity"),
        Closed(null, gate.Options.Select(o => KeyValuePair.Create(o.Name, (JsonNode?)Option(o))).Prepend(KeyValuePair.Create(SeverityReader.Name, (JsonNode?)Reference("definitions/severity")))));

    private static JsonObject Option(OptionDescriptor option)
    {
        string[] types = option.Kind switch
        {
            OptionKind.Number => ["number"],
            OptionKind.Integer => ["integer"],
            OptionKind.Boolean => ["boolean"],
            OptionKind.TextList => ["array", "string"],
            _ => ["string"],
        };
        types = option.IsNullable ? [.. types, "null"] : types;
        var node = new JsonObject { ["description"] = option.Description, ["type"] = types is [var only] ? only : Texts(types) };
        (string, JsonNode?)?[] members =
        [
            option.Kind == OptionKind.TextList ? ("items", Of("string")) : null,
            option.Lowest is { } lowest ? ("minimum", lowest) : null,
            option.Highest is { } highest ? ("maximum", highest) : null,
            option.Choices.Count > 0 ? ("enum", Texts(option.Choices)) : null,
            ("default", Default(option)),
        ];
        return With(node, [.. members.OfType<(string, JsonNode?)>()]);
    }

    private static JsonNode? Default(OptionDescriptor option) => option.Default switch
    {
        double number => number,
        int number => number,
        bool truth => truth,
        string text => option.ChoiceOf(text),
        IReadOnlyList<string> texts => Texts(texts),
        _ => null,
    };
}

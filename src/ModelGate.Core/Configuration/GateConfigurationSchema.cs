using System.Text.Json;
using ModelGate.Bytes;
using ModelGate.Gates;
using ModelGate.Gates.Catalogue;
using ModelGate.Runs;

namespace ModelGate.Configuration;

/// <summary>Writes the JSON Schema (draft 7, which editors know best) of <c>gate.config.json</c> from the catalogue of gates.</summary>
internal static class GateConfigurationSchema
{
    private static readonly string[] Severities = ["off", "warning", "error"];

    /// <summary>The schema as UTF-8 text with a final newline.</summary>
    public static byte[] Write()
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteString("$schema", "http://json-schema.org/draft-07/schema#");
            json.WriteString("title", "ModelGate configuration");
            json.WriteString("description", "Which files of a training run play which part, and which gates judge them.");
            json.WriteString("type", "object");
            json.WriteBoolean("additionalProperties", false);
            json.WriteStartArray("required");
            json.WriteStringValue("gates");
            json.WriteEndArray();
            json.WriteStartObject("properties");
            Start(json, "$schema", "string", "Where this schema lies, for editors.");
            json.WriteEndObject();
            WriteRoles(json);
            WriteLimits(json);
            Start(json, "gates", "object", "The gates that run, by name: an object of options, or a severity alone.");
            json.WriteBoolean("additionalProperties", false);
            json.WriteStartObject("properties");
            foreach (var gate in GateCatalogue.Configurable)
            {
                WriteGate(json, gate);
            }

            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteStartObject("definitions");
            json.WriteStartObject("severity");
            json.WriteString("description", "What a finding means: nothing (the gate does not run), a warning, or a failed evaluation.");
            WriteTexts(json, "enum", Severities);
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndObject();
        }

        buffer.WriteByte((byte)'\n');
        return buffer.ToArray();
    }

    private static void WriteRoles(Utf8JsonWriter json)
    {
        Start(json, "artifacts", "object", "The files, by the part they play: a glob or a list of globs, relative to this file.");
        json.WriteBoolean("additionalProperties", false);
        json.WriteStartObject("properties");
        foreach (var role in ArtifactRoles.All)
        {
            json.WriteStartObject(role.Key());
            json.WriteString("description", role.Description());
            json.WriteStartArray("oneOf");
            json.WriteStartObject();
            json.WriteString("type", "string");
            json.WriteNumber("minLength", 1);
            json.WriteEndObject();
            json.WriteStartObject();
            json.WriteString("type", "array");
            json.WriteNumber("minItems", 1);
            json.WriteStartObject("items");
            json.WriteString("type", "string");
            json.WriteNumber("minLength", 1);
            json.WriteEndObject();
            json.WriteEndObject();
            if (role == ArtifactRole.Architecture)
            {
                ArchitectureSchema.Write(json);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteLimits(Utf8JsonWriter json)
    {
        Start(json, "limits", "object", "What a file may cost to read: one that costs more is refused, and the gates that need it are inconclusive.");
        json.WriteBoolean("additionalProperties", false);
        json.WriteStartObject("properties");
        foreach (var limit in ReadLimits.All)
        {
            Start(json, limit.Name, "integer", limit.Description);
            json.WriteNumber("minimum", LimitDescriptor.Lowest);
            json.WriteNumber("maximum", limit.Highest);
            json.WriteNumber("default", limit.Default);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteGate(Utf8JsonWriter json, GateDescriptor gate)
    {
        json.WriteStartObject(gate.Name);
        json.WriteString("description", $"{gate.Id}: {gate.Summary}");
        json.WriteStartArray("oneOf");
        json.WriteStartObject();
        json.WriteString("$ref", "#/definitions/severity");
        json.WriteEndObject();
        json.WriteStartObject();
        json.WriteString("type", "object");
        json.WriteBoolean("additionalProperties", false);
        json.WriteStartObject("properties");
        json.WriteStartObject("severity");
        json.WriteString("$ref", "#/definitions/severity");
        json.WriteEndObject();
        foreach (var option in gate.Options)
        {
            WriteOption(json, option);
        }

        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteOption(Utf8JsonWriter json, OptionDescriptor option)
    {
        json.WriteStartObject(option.Name);
        json.WriteString("description", option.Description);
        var type = option.Kind switch
        {
            OptionKind.Number => "number",
            OptionKind.Integer => "integer",
            OptionKind.Boolean => "boolean",
            OptionKind.TextList => "array",
            _ => "string",
        };
        if (option.IsNullable)
        {
            WriteTexts(json, "type", [type, "null"]);
        }
        else
        {
            json.WriteString("type", type);
        }

        if (option.Kind == OptionKind.TextList)
        {
            json.WriteStartObject("items");
            json.WriteString("type", "string");
            json.WriteEndObject();
        }

        if (option.Lowest is { } lowest)
        {
            json.WriteNumber("minimum", lowest);
        }

        if (option.Highest is { } highest)
        {
            json.WriteNumber("maximum", highest);
        }

        if (option.Choices.Count > 0)
        {
            WriteTexts(json, "enum", option.Choices);
        }

        WriteDefault(json, option);
        json.WriteEndObject();
    }

    private static void WriteDefault(Utf8JsonWriter json, OptionDescriptor option)
    {
        switch (option.Default)
        {
            case double number:
                json.WriteNumber("default", number);
                break;
            case int number:
                json.WriteNumber("default", number);
                break;
            case bool truth:
                json.WriteBoolean("default", truth);
                break;
            case string text:
                json.WriteString("default", option.Kind == OptionKind.Choice ? option.Choices.First(c => IsSpelling(c, text)) : text);
                break;
            case IReadOnlyList<string> texts:
                WriteTexts(json, "default", texts);
                break;
            default:
                json.WriteNull("default");
                break;
        }
    }

    private static bool IsSpelling(string choice, string name)
        => string.Equals(choice.Replace("-", "", StringComparison.Ordinal), name, StringComparison.OrdinalIgnoreCase);

    private static void WriteTexts(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }

    private static void Start(Utf8JsonWriter json, string name, string type, string description)
    {
        json.WriteStartObject(name);
        json.WriteString("type", type);
        json.WriteString("description", description);
    }
}

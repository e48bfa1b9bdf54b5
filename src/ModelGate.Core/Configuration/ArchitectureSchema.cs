using System.Text.Json;
using ModelGate.Architecture.Families;

namespace ModelGate.Configuration;

/// <summary>Writes the schema of the object that the role architecture may be.</summary>
internal static class ArchitectureSchema
{
    /// <summary>Writes one schema for each kind of object, as items of the list that is open.</summary>
    public static void Write(Utf8JsonWriter json)
    {
        foreach (var family in ModelFamilies.Names.Select(n => ModelFamilies.Find(n)!))
        {
            Family(json, family);
        }

        Start(json, "pattern", "Names with sets in braces, and the shape of each.");
        json.WriteStartObject("pattern");
        json.WriteString("type", "object");
        json.WriteNumber("minProperties", 1);
        json.WriteStartObject("additionalProperties");
        json.WriteStartArray("oneOf");
        Shape(json, null);
        json.WriteStartObject();
        json.WriteString("type", "object");
        json.WriteBoolean("additionalProperties", false);
        Required(json, "shape");
        json.WriteStartObject("properties");
        Shape(json, "shape");
        Text(json, "dtype", "The element type's name.");
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
        End(json);

        Start(json, "command", "A command that prints a key manifest; it is run only with --allow-commands.");
        json.WriteStartObject("command");
        json.WriteString("description", "The program, then each of its arguments. No shell sees them.");
        json.WriteString("type", "array");
        json.WriteNumber("minItems", 1);
        json.WriteStartObject("items");
        json.WriteString("type", "string");
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteStartObject("timeout");
        json.WriteString("description", "How long it may take, in seconds.");
        json.WriteString("type", "integer");
        json.WriteNumber("minimum", 1);
        json.WriteNumber("maximum", 600);
        json.WriteNumber("default", 60);
        json.WriteEndObject();
        End(json);
    }

    private static void Family(Utf8JsonWriter json, ModelFamily family)
    {
        Start(json, "family", family.Title);
        json.WriteStartObject("family");
        json.WriteString("const", family.Name);
        json.WriteEndObject();
        if (family.Variants.Count > 0)
        {
            json.WriteStartObject("variant");
            json.WriteString("description", "A well-known set of hyperparameters.");
            Texts(json, "enum", family.Variants);
            json.WriteEndObject();
        }

        Text(json, "config", "The run's own configuration, relative to this file: its hyperparameters go before the variant's.");
        json.WriteStartObject("parameters");
        json.WriteString("description", "Hyperparameters that go before all else.");
        json.WriteString("type", "object");
        json.WriteBoolean("additionalProperties", false);
        json.WriteStartObject("properties");
        foreach (var parameter in family.Parameters)
        {
            json.WriteStartObject(parameter.Name);
            json.WriteString("description", parameter.About);
            if (parameter.Choices.Count > 0)
            {
                Texts(json, "enum", parameter.Choices);
            }
            else if (parameter.Kind == FamilyParameterKind.Integer)
            {
                json.WriteString("type", "integer");
                json.WriteNumber("minimum", 0);
            }
            else if (parameter.Kind is FamilyParameterKind.Integers or FamilyParameterKind.Lists or FamilyParameterKind.Layers)
            {
                json.WriteString("type", "array");
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndObject();
        End(json);
    }

    private static void Start(Utf8JsonWriter json, string required, string description)
    {
        json.WriteStartObject();
        json.WriteString("description", description);
        json.WriteString("type", "object");
        json.WriteBoolean("additionalProperties", false);
        Required(json, required);
        json.WriteStartObject("properties");
    }

    private static void End(Utf8JsonWriter json)
    {
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Required(Utf8JsonWriter json, string name) => Texts(json, "required", [name]);

    private static void Text(Utf8JsonWriter json, string name, string description)
    {
        json.WriteStartObject(name);
        json.WriteString("description", description);
        json.WriteString("type", "string");
        json.WriteNumber("minLength", 1);
        json.WriteEndObject();
    }

    private static void Shape(Utf8JsonWriter json, string? name)
    {
        if (name is null)
        {
            json.WriteStartObject();
        }
        else
        {
            json.WriteStartObject(name);
        }

        json.WriteString("description", "The sizes: whole numbers, or expressions over names of the pattern.");
        json.WriteString("type", "array");
        json.WriteStartObject("items");
        Texts(json, "type", ["integer", "string"]);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Texts(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }
}

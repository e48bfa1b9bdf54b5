using System.Text.Json;
using ModelGate.Architecture.Comparison;
using ModelGate.Architecture.Keys;
using ModelGate.Architecture.Remapping;
using ModelGate.Runs.Json;

namespace ModelGate.Reports;

/// <summary>A comparison of two models for scripts. Names are the files' own: JSON's escapes keep them harmless.</summary>
internal static class ModelDifferenceJson
{
    /// <summary>Writes a comparison as UTF-8.</summary>
    public static void Write(ModelDifference difference, SafeText left, SafeText right, Stream output)
    {
        using (var json = new Utf8JsonWriter(output, JsonText.Options))
        {
            json.WriteStartObject();
            json.WriteString("left", left.Value);
            json.WriteString("right", right.Value);
            json.WriteNumber("common", difference.Keys.Common);
            WriteNames(json, "missing", difference.Keys.Missing.Order(StringComparer.Ordinal));
            WriteNames(json, "unexpected", difference.Keys.Unexpected.Order(StringComparer.Ordinal));
            WriteShapes(json, difference.Keys.ShapeDifferences);
            WriteTypes(json, difference.Keys.DTypeDifferences);
            WriteCauses(json, difference);
            WriteModules(json, difference.Modules);
            WriteTensors(json, difference);
            WriteNames(json, "notes", difference.Notes.Select(n => n.Value));
            json.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
    }

    private static void WriteNames(Utf8JsonWriter json, string name, IEnumerable<string> names)
    {
        json.WriteStartArray(name);
        foreach (var each in names)
        {
            json.WriteStringValue(each);
            json.Drain();
        }

        json.WriteEndArray();
    }

    private static void WriteShapes(Utf8JsonWriter json, IReadOnlyList<ShapeDifference> shapes)
    {
        json.WriteStartArray("shape");
        foreach (var shape in shapes)
        {
            json.WriteStartObject();
            json.WriteString("name", shape.Name);
            WriteShape(json, "left", shape.Found);
            WriteShape(json, "right", shape.Expected);
            json.WriteEndObject();
            json.Drain();
        }

        json.WriteEndArray();
    }

    private static void WriteTypes(Utf8JsonWriter json, IReadOnlyList<DTypeDifference> types)
    {
        json.WriteStartArray("dtype");
        foreach (var type in types)
        {
            json.WriteStartObject();
            json.WriteString("name", type.Name);
            json.WriteString("left", type.Found);
            json.WriteString("right", type.Expected);
            json.WriteEndObject();
            json.Drain();
        }

        json.WriteEndArray();
    }

    private static void WriteCauses(Utf8JsonWriter json, ModelDifference difference)
    {
        json.WriteStartArray("causes");
        foreach (var cause in difference.Diagnosis.Causes)
        {
            json.WriteStartObject();
            json.WriteString("cause", cause.Name);
            json.WriteString("message", cause.Message.Value);
            json.WriteNumber("explains", cause.Explains);
            json.WriteNumber("remaining", cause.Remaining);
            KeyMappingJson.WriteEntries(json, "mapping", cause.Mapped is { } mapped ? KeyMapping.Of(mapped) : KeyMapping.None);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteModules(Utf8JsonWriter json, IReadOnlyList<ModuleDifferenceCount> modules)
    {
        json.WriteStartArray("modules");
        foreach (var module in modules)
        {
            json.WriteStartObject();
            json.WriteString("module", module.Module);
            json.WriteNumber("left", module.Left);
            json.WriteNumber("right", module.Right);
            json.WriteNumber("missing", module.Missing);
            json.WriteNumber("unexpected", module.Unexpected);
            json.WriteNumber("shape", module.Shapes);
            json.WriteEndObject();
            json.Drain();
        }

        json.WriteEndArray();
    }

    private static void WriteTensors(Utf8JsonWriter json, ModelDifference difference)
    {
        json.WriteNumber("comparedTensors", difference.ComparedTensors);
        json.WriteNumber("roundedTensors", difference.RoundedTensors);
        json.WriteStartArray("tensors");
        foreach (var (name, tensor) in difference.Tensors)
        {
            json.WriteStartObject();
            json.WriteString("name", name);
            json.WriteNumber("elements", tensor.Elements);
            json.WriteNumber("different", tensor.Different);
            json.WriteFinite("max", tensor.Maximum);
            json.WriteFinite("mean", tensor.Mean);
            json.WriteEndObject();
            json.Drain();
        }

        json.WriteEndArray();
    }

    private static void WriteShape(Utf8JsonWriter json, string name, IReadOnlyList<long> shape)
    {
        json.WriteStartArray(name);
        foreach (var size in shape)
        {
            json.WriteNumberValue(size);
        }

        json.WriteEndArray();
    }
}

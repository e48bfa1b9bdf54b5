using System.Text.Json;
using ModelGate.Artifacts;

namespace ModelGate.Reports;

/// <summary>What a file states of itself, in an inspection.</summary>
internal static class MetadataJson
{
    /// <summary>Writes it as one object. Names are the file's own.</summary>
    public static void Write(Utf8JsonWriter json, string name, IReadOnlyList<KeyValuePair<string, MetadataValue>> metadata)
    {
        json.WriteStartObject(name);
        foreach (var (key, value) in metadata)
        {
            json.WritePropertyName(key);
            WriteValue(json, value);
        }

        json.WriteEndObject();
    }

    // Lists nest a few levels at the most: the reader that made them sees to that.
    private static void WriteValue(Utf8JsonWriter json, MetadataValue value)
    {
        switch (value)
        {
            case MetadataValue.Bool truth:
                json.WriteBooleanValue(truth.Value);
                break;
            case MetadataValue.Integer number:
                json.WriteNumberValue(number.Value);
                break;
            case MetadataValue.Real { Value: var number } when double.IsFinite(number):
                json.WriteNumberValue(number);
                break;
            case MetadataValue.Real { Value: var number }:
                json.WriteStringValue(double.IsNaN(number) ? "NaN" : number > 0 ? "Infinity" : "-Infinity");
                break;
            case MetadataValue.Text text:
                json.WriteStringValue(text.Value);
                break;
            case MetadataValue.List list:
                json.WriteStartArray();
                foreach (var item in list.Items)
                {
                    WriteValue(json, item);
                }

                json.WriteEndArray();
                break;
            case MetadataValue.Opaque opaque:
                json.WriteStartObject();
                json.WriteString("class", opaque.Description);
                json.WriteEndObject();
                break;
            default:
                json.WriteNullValue();
                break;
        }
    }
}

using System.Text.Json;
using ModelGate.Runs;

namespace ModelGate.Reports;

/// <summary>Causes as the JSON formats write them: an array <c>causes</c> of message and ids.</summary>
internal static class CausesJson
{
    /// <summary>Writes the member.</summary>
    public static void Write(Utf8JsonWriter json, IReadOnlyList<Cause> causes)
    {
        json.WriteStartArray("causes");
        foreach (var cause in causes)
        {
            json.WriteStartObject();
            json.WriteString("message", cause.Message.Value);
            json.WriteStartArray("explains");
            foreach (var id in cause.Explains)
            {
                json.WriteStringValue(id);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}

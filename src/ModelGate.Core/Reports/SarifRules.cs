using System.Text.Json;
using ModelGate.Gates;
using ModelGate.Reports.Escaping;
using ModelGate.Runs;

namespace ModelGate.Reports;

/// <summary>The gates as SARIF's rules: what a code host shows beside an alert. No text here comes from a file that was judged.</summary>
internal static class SarifRules
{
    /// <summary>GitHub takes no longer description.</summary>
    private const int LongestDescription = 1024;

    /// <summary>Writes the tool with its rules.</summary>
    public static void WriteTool(Utf8JsonWriter json, IReadOnlyList<GateRef> gates)
    {
        json.WriteStartObject("tool");
        json.WriteStartObject("driver");
        json.WriteString("name", "ModelGate");
        json.WriteString("version", ProductVersion.Text);
        json.WriteString("semanticVersion", ProductVersion.Text);
        json.WriteStartArray("rules");
        foreach (var gate in gates)
        {
            WriteRule(json, gate);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteRule(Utf8JsonWriter json, GateRef gate)
    {
        var page = GatePage.Text(gate);
        json.WriteStartObject();
        json.WriteString("id", gate.Id);
        json.WriteString("name", ClassName(gate.Name));
        WriteText(json, "shortDescription", gate.Summary);
        var about = $"{GatePage.FirstParagraph(gate, "What it checks")} {GatePage.FirstParagraph(gate, "Why it matters")}".Trim();
        WriteText(json, "fullDescription", about.Length > 0 ? about : gate.Summary);
        json.WriteStartObject("help");
        json.WriteString("text", page);
        json.WriteString("markdown", page);
        json.WriteEndObject();
        json.WriteStartObject("defaultConfiguration");
        json.WriteString("level", "error");
        json.WriteEndObject();
        json.WriteStartObject("properties");
        json.WriteStartArray("tags");
        json.WriteStringValue("model");
        json.WriteStringValue(gate.Name);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    // A rule's name is one word: the gate's class, of whose name the gate's is another spelling.
    private static string ClassName(string name) => string.Concat(name.Split('-').Where(p => p.Length > 0).Select(p => char.ToUpperInvariant(p[0]) + p[1..]));

    private static void WriteText(Utf8JsonWriter json, string name, string text)
    {
        json.WriteStartObject(name);
        json.WriteString("text", Excerpt.Of(text, LongestDescription));
        json.WriteEndObject();
    }
}

using System.Text;
using System.Text.Json;
using ModelGate.Reports;
using ModelGate.Runs;
using ModelGate.Tool;

namespace ModelGate.Tests.Reports;

/// <summary>Reports as a format renders them.</summary>
internal static class Rendered
{
    /// <summary>Strict: bytes that are no UTF-8 are an error.</summary>
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static byte[] Bytes(ReportFormat format, RunRecord report)
    {
        using var buffer = new MemoryStream();
        format.Write(report, buffer);
        return buffer.ToArray();
    }

    public static string Text(ReportFormat format, RunRecord report) => Utf8.GetString(Bytes(format, report));

    public static ReportFormat Format(string name) => ReportFormats.All.Single(f => f.Name == name);

    public static string[] Lines(string name, RunRecord report) => Text(Format(name), report).TrimEnd('\n').Split('\n');

    public static JsonElement Json(string name, RunRecord report)
    {
        using var document = JsonDocument.Parse(Bytes(Format(name), report), new JsonDocumentOptions { AllowDuplicateProperties = false });
        return document.RootElement.Clone();
    }
}

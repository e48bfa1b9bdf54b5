using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace ModelGate.Reports.Escaping;

/// <summary>JSON that may be printed in a build: ASCII, with <c>#</c> escaped, since Azure and GitHub obey <c>##vso[</c> and <c>##[</c> anywhere in a line.</summary>
internal static class JsonText
{
    /// <summary>How every JSON document of the tool is written.</summary>
    public static JsonWriterOptions Options { get; } = new() { Indented = true, NewLine = "\n", Encoder = Encoder() };

    private static JavaScriptEncoder Encoder()
    {
        var settings = new TextEncoderSettings(UnicodeRanges.BasicLatin);
        settings.ForbidCharacter('#');
        return JavaScriptEncoder.Create(settings);
    }
}

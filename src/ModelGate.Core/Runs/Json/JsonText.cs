using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;

namespace ModelGate.Runs.Json;

/// <summary>
/// How every JSON document of the tool is written: ASCII, with <c>#</c> escaped, since it may be printed in a build, and Azure and GitHub
/// obey <c>##vso[</c> and <c>##[</c> anywhere in a line.
/// </summary>
internal static class JsonText
{
    private const int LargestPending = 1 << 16;

    private static readonly JavaScriptEncoder Encoder = CreateEncoder();

    /// <summary>For documents that are written token by token.</summary>
    public static JsonWriterOptions Options { get; } = new() { Indented = true, NewLine = "\n", Encoder = Encoder };

    /// <summary>A text as a JSON string with its quotes.</summary>
    public static string Quoted(string text) => $"\"{JsonEncodedText.Encode(text, Encoder)}\"";

    /// <summary>Writes a document that a serialiser knows, with a line feed behind it.</summary>
    public static void Write<T>(Stream output, T document, JsonTypeInfo<T> type)
    {
        using (var json = new Utf8JsonWriter(output, Options))
        {
            JsonSerializer.Serialize(json, document, type);
        }

        output.WriteByte((byte)'\n');
    }

    /// <summary>Writes a number as a member; JSON has no NaN and no infinity, which are null.</summary>
    public static void WriteFinite(this Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number && double.IsFinite(number))
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    /// <summary>Hands on what is written so far, where it is much: a writer keeps all of a document until it is told.</summary>
    public static void Drain(this Utf8JsonWriter json)
    {
        if (json.BytesPending > LargestPending)
        {
            json.Flush();
        }
    }

    private static JavaScriptEncoder CreateEncoder()
    {
        var settings = new TextEncoderSettings(UnicodeRanges.BasicLatin);
        settings.ForbidCharacter('#');
        return JavaScriptEncoder.Create(settings);
    }
}

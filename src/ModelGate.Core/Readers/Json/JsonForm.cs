using System.Text.Json;
using ModelGate.Bytes;
using ModelGate.Syntax.Json;

namespace ModelGate.Readers.Json;

/// <summary>What the first bytes of a JSON document say of the rest, where no role says what it is.</summary>
internal static class JsonForm
{
    private static readonly int MostSizes = ReadLimits.Default.Rank;

    /// <summary>How many bytes the byte order mark of UTF-8 takes at the beginning.</summary>
    public static int MarkLength(ReadOnlySpan<byte> text) => text.StartsWith("\uFEFF"u8) ? 3 : 0;

    /// <summary>Whether it begins as an object or list does, whose first item is a text or begins alike.</summary>
    public static bool Begins(ReadOnlySpan<byte> text) => text.TrimStart(" \t\r\n"u8) is [(byte)'{' or (byte)'[', ..];

    /// <summary>Whether an object begins: with a member, or with its end.</summary>
    public static bool BeginsObject(ReadOnlySpan<byte> head)
        => head[MarkLength(head)..].TrimStart(" \t\r\n"u8) is [(byte)'{', .. var rest] && rest.TrimStart(" \t\r\n"u8) is [] or [(byte)'"' or (byte)'}', ..];

    /// <summary>
    /// Whether it is a document of numbers by name, or several of them. Shapes by name are none: a key manifest has a list of sizes
    /// for every member, or an object with the member <c>shape</c>, so one member of another kind decides.
    /// </summary>
    public static bool IsOfNumbers(ReadOnlySpan<byte> head)
    {
        Span<byte> text = head[MarkLength(head)..].ToArray();
        var isList = text.TrimStart(" \t\r\n"u8) is [(byte)'[', .. var items] && items.TrimStart(" \t\r\n"u8) is [(byte)'{', ..];
        if (!isList && !BeginsObject(text))
        {
            return false;
        }

        PythonJson.Replace(text, text.Length);
        var reader = new Utf8JsonReader(text, isFinalBlock: false, new JsonReaderState(new JsonReaderOptions { AllowMultipleValues = true }));
        try
        {
            return (isList && reader.Read() && reader.Read() && reader.Read()) || (reader.Read() && HasOtherThanShapes(ref reader));
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool HasOtherThanShapes(ref Utf8JsonReader reader)
    {
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    if (reader.Read() && IsNoShape(ref reader))
                    {
                        return true;
                    }

                    break;
                case JsonTokenType.StartObject:
                    // A second document: a manifest is one.
                    return true;
            }
        }

        return false;
    }

    private static bool IsNoShape(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartArray:
                for (var sizes = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; sizes++)
                {
                    if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out var size) || size < 0 || sizes == MostSizes)
                    {
                        return true;
                    }
                }

                return false;
            case JsonTokenType.StartObject:
                if (!reader.Read() || reader.TokenType != JsonTokenType.PropertyName)
                {
                    return false;
                }

                var isShape = reader.ValueTextEquals("shape") || reader.ValueTextEquals("dtype");
                reader.TrySkip();
                while (isShape && reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                {
                    isShape = reader.ValueTextEquals("shape") || reader.ValueTextEquals("dtype");
                    reader.TrySkip();
                }

                return !isShape;
            default:
                return true;
        }
    }
}

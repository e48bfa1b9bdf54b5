using System.Text.Json;
using ModelGate.Bytes;
using ModelGate.Faults;

namespace ModelGate.Syntax.Json;

/// <summary>Reading JSON from a file token by token: what is unexpected is a fault with its place, and no key occurs twice.</summary>
internal static class StrictJson
{
    /// <summary>Options for readers: no comments, no trailing commas.</summary>
    public static JsonReaderOptions Options(int nesting) => new() { MaxDepth = nesting };

    /// <summary>Runs a parser over a document; JSON's own errors become faults of the file.</summary>
    /// <exception cref="ArtifactFault">Reason <c>json</c>: the bytes are not valid JSON.</exception>
    public static T Parse<T>(ReadOnlySpan<byte> bytes, int nesting, string what, Parser<T> parse)
    {
        var reader = new Utf8JsonReader(bytes, Options(nesting));
        try
        {
            var result = parse(ref reader);
            return reader.Read() ? throw Unexpected(ref reader, "nothing after the document") : result;
        }
        catch (JsonException fault)
        {
            throw new ArtifactFault(
                FaultReason.Json,
                SafeText.Of($"{SafeText.From(what)} is not valid JSON (line {(fault.LineNumber ?? 0) + 1}, byte {(fault.BytePositionInLine ?? 0) + 1})"),
                reader.BytesConsumed);
        }
    }

    /// <summary>Moves to the next token, of a kind.</summary>
    public static void Next(ref Utf8JsonReader reader, JsonTokenType kind, string what)
    {
        if (!reader.Read() || reader.TokenType != kind)
        {
            throw Unexpected(ref reader, what);
        }
    }

    /// <summary>Moves to the next key of an object, or behind its end.</summary>
    /// <returns>Null at the end of the object.</returns>
    public static string? NextKey(ref Utf8JsonReader reader, HashSet<string> seen)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.EndObject)
        {
            return null;
        }

        var key = Text(ref reader);
        return seen.Add(key) ? key : throw new ArtifactFault(FaultReason.DuplicateKey, SafeText.Of($"the key {key} occurs twice"), reader.TokenStartIndex);
    }

    /// <summary>The text that the reader stands on.</summary>
    public static string Text(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw NotUnicode(ref reader);
        }
    }

    /// <summary>Whether the reader stands on a text, and none other.</summary>
    public static bool Is(ref Utf8JsonReader reader, ReadOnlySpan<byte> text)
    {
        try
        {
            return reader.ValueTextEquals(text);
        }
        catch (InvalidOperationException)
        {
            throw NotUnicode(ref reader);
        }
    }

    /// <summary>The next value: a text.</summary>
    public static string NextText(ref Utf8JsonReader reader, string what)
    {
        Next(ref reader, JsonTokenType.String, what);
        return Text(ref reader);
    }

    /// <summary>The next value: an integer from zero on, written as one.</summary>
    public static long NextSize(ref Utf8JsonReader reader, string what)
    {
        Next(ref reader, JsonTokenType.Number, what);
        return Size(ref reader, what);
    }

    /// <summary>The next value: a list of integers from zero on.</summary>
    public static List<long> NextSizes(ref Utf8JsonReader reader, int most, string what)
    {
        Next(ref reader, JsonTokenType.StartArray, what);
        var sizes = new List<long>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.Number)
            {
                throw Unexpected(ref reader, what);
            }

            sizes.Add(Size(ref reader, what));
            ReadBudget.Require(sizes.Count, most, nameof(ReadLimits.Rank), "the number of dimensions", reader.TokenStartIndex);
        }

        return sizes;
    }

    // What the reader calls an invalid operation is a lone surrogate in the text that it stands on: one more malformed document.
    private static ArtifactFault NotUnicode(ref Utf8JsonReader reader) => new(FaultReason.Json, SafeText.Of($"a text is not valid Unicode"), reader.TokenStartIndex);

    /// <summary>The error for a token that does not belong here.</summary>
    public static ArtifactFault Unexpected(ref Utf8JsonReader reader, string what)
        => new(FaultReason.Header, SafeText.Of($"the document has {SafeText.From(what)} here"), reader.TokenStartIndex);

    // Integers alone: 1.0, 1e2 and 18446744073709551616 are not sizes.
    private static long Size(ref Utf8JsonReader reader, string what)
        => reader.TryGetInt64(out var size) && size >= 0 && !reader.ValueSpan.ContainsAny(".eE"u8)
            ? size
            : throw new ArtifactFault(FaultReason.BadSize, SafeText.Of($"{SafeText.From(what)} is not an integer from 0 to 9223372036854775807"), reader.TokenStartIndex);

    /// <summary>Parses a document from its first token on.</summary>
    public delegate T Parser<T>(ref Utf8JsonReader reader);
}

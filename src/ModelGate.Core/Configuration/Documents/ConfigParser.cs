using System.Text;
using System.Text.Json;
using ModelGate.Runs;

namespace ModelGate.Configuration.Documents;

/// <summary>Reads JSON with comments and trailing commas into a tree that knows its places. A duplicate member is an error.</summary>
internal sealed class ConfigParser
{
    /// <summary>Longest configuration, in bytes.</summary>
    public const int LongestConfiguration = 1 << 20;

    private const int DeepestNesting = 16;

    private readonly SafeText file;
    private readonly byte[] bytes;
    private readonly List<int> lineStarts = [0];
    private readonly ConfigErrors errors;
    private readonly Stack<(string Kind, SourcePosition At)> open = [];

    private ConfigParser(SafeText file, byte[] bytes, ConfigErrors errors)
    {
        (this.file, this.bytes, this.errors) = (file, bytes, errors);
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] == (byte)'\n')
            {
                lineStarts.Add(i + 1);
            }
        }
    }

    /// <summary>Parses a document, or returns null where it is not JSON; every error is added to <paramref name="errors"/>.</summary>
    public static ConfigNode? Parse(SafeText file, byte[] bytes, ConfigErrors errors)
    {
        if (bytes.Length > LongestConfiguration)
        {
            errors.Add(new SourcePosition(file, 1, 1), TooLong(bytes.Length));
            return null;
        }

        var parser = new ConfigParser(file, bytes, errors);
        var start = bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0;
        var reader = new Utf8JsonReader(
            bytes.AsSpan(start),
            new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, MaxDepth = DeepestNesting });
        try
        {
            reader.Read();
            var root = parser.Value(ref reader, start);
            reader.Read();
            return root;
        }
        catch (JsonException fault)
        {
            errors.Add(parser.Position(fault, start), parser.Explain(fault, start));
        }
        catch (InvalidOperationException)
        {
            // A string that is not valid Unicode, which the reader finds only when it is asked for it.
            errors.Add(parser.Position(start + (int)reader.TokenStartIndex), SafeText.Of($"this string is not valid Unicode"));
        }

        return null;
    }

    /// <summary>What is wrong with a configuration of more than <see cref="LongestConfiguration"/> bytes.</summary>
    public static SafeText TooLong(long bytes) => SafeText.Of($"a configuration of {bytes} bytes is over the limit of {LongestConfiguration}");

    // Bounded by MaxDepth: the reader throws before this could go deeper.
    private ConfigNode Value(ref Utf8JsonReader reader, int start)
    {
        var at = Position(start + (int)reader.TokenStartIndex);
        return reader.TokenType switch
        {
            JsonTokenType.StartObject => new ConfigNode(ConfigKind.Object, at) { Members = Members(ref reader, start) },
            JsonTokenType.StartArray => new ConfigNode(ConfigKind.Array, at) { Items = Items(ref reader, start) },
            JsonTokenType.String => new ConfigNode(ConfigKind.Text, at) { Text = reader.GetString()! },
            JsonTokenType.Number => new ConfigNode(ConfigKind.Number, at) { Number = reader.TryGetDouble(out var number) ? number : double.NaN },
            JsonTokenType.True => new ConfigNode(ConfigKind.True, at),
            JsonTokenType.False => new ConfigNode(ConfigKind.False, at),
            _ => new ConfigNode(ConfigKind.Null, at),
        };
    }

    private List<ConfigMember> Members(ref Utf8JsonReader reader, int start)
    {
        open.Push(("object", Position(start + (int)reader.TokenStartIndex)));
        var members = new List<ConfigMember>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            var at = Position(start + (int)reader.TokenStartIndex);
            reader.Read();
            members.Add(new ConfigMember(name, at, Value(ref reader, start)));
            if (!names.Add(name))
            {
                errors.Add(at, SafeText.Of($"duplicate member \"{name}\""));
            }
        }

        open.Pop();
        return members;
    }

    private List<ConfigNode> Items(ref Utf8JsonReader reader, int start)
    {
        open.Push(("list", Position(start + (int)reader.TokenStartIndex)));
        var items = new List<ConfigNode>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            items.Add(Value(ref reader, start));
        }

        open.Pop();
        return items;
    }

    private SafeText Explain(JsonException fault, int start)
    {
        // The reader's message ends with its own count of lines and bytes, which start at zero and would contradict ours.
        var message = fault.Message;
        var end = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        message = (end < 0 ? message : message[..end]).TrimEnd('.');
        if (message.Contains("does not contain any JSON tokens", StringComparison.Ordinal))
        {
            return SafeText.Of($"{(bytes.AsSpan(start).IndexOfAnyExcept(" \t\r\n"u8) < 0 ? "the file is empty" : "the file holds comments and nothing else")}; a configuration is an object, at least {{}}");
        }

        if (message.Contains("reached end of data", StringComparison.Ordinal) || message.Contains("depth to be zero", StringComparison.Ordinal))
        {
            var inside = message.Contains("end of string", StringComparison.Ordinal) ? SafeText.Of($" in the middle of a string") : SafeText.Empty;
            return open.TryPeek(out var left)
                ? SafeText.Of($"the file ends{inside} before the {left.Kind} that begins at line {left.At.Line}, column {left.At.Column} is closed: is a part of it missing?")
                : SafeText.Of($"the file ends{inside} before it is complete: is a part of it missing?");
        }

        return message.Contains("within a JSON string", StringComparison.Ordinal) ? SafeText.Of($"this is not valid JSON: a string cannot hold a line break or another control character; write it as an escape, such as \\n")
            : message.Contains("after a single JSON value", StringComparison.Ordinal) ? SafeText.Of($"this is not valid JSON: something follows the end of the configuration")
            : message.Contains("maximum configured depth", StringComparison.Ordinal) ? SafeText.Of($"objects and lists are nested more than {DeepestNesting} deep")
            : SafeText.Of($"this is not valid JSON: {message}");
    }

    private SourcePosition Position(JsonException fault, int start)
    {
        var line = (int)Math.Min(fault.LineNumber ?? 0, lineStarts.Count - 1);
        return Position(Math.Min(bytes.Length, lineStarts[line] + (int)(fault.BytePositionInLine ?? 0) + (line == 0 ? start : 0)));
    }

    private SourcePosition Position(int offset)
    {
        var line = lineStarts.BinarySearch(offset);
        line = line < 0 ? ~line - 1 : line;
        var from = lineStarts[line];
        if (line == 0 && bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble))
        {
            from = Math.Min(offset, Encoding.UTF8.Preamble.Length);
        }

        return new SourcePosition(file, line + 1, Encoding.UTF8.GetCharCount(bytes.AsSpan(from, offset - from)) + 1);
    }
}

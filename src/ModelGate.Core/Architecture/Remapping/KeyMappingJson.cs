using System.Text.Json;
using ModelGate.Runs.Json;
using ModelGate.Architecture.Keys;
using ModelGate.Artifacts;

namespace ModelGate.Architecture.Remapping;

/// <summary>A mapping as JSON: one object for each source of each key, a list of them in order.</summary>
internal static class KeyMappingJson
{
    private const int MostEntries = 4_000_000;

    /// <summary>Writes a mapping file.</summary>
    /// <param name="mapping">The changes.</param>
    /// <param name="expected">What has to come out, by name.</param>
    /// <param name="output">Receives UTF-8.</param>
    public static void Write(KeyMapping mapping, IReadOnlyDictionary<string, ExpectedKey> expected, Stream output)
    {
        using var json = new Utf8JsonWriter(output, JsonText.Options);
        json.WriteStartObject();
        json.WriteString("writer", "modelgate");
        if (mapping.Keys.Values.Any(k => k.Operation == KeyOperation.MergeAdapter))
        {
            // No name and no shape says alpha; whoever knows it writes alpha / rank here.
            json.WritePropertyName("adapterScale");
            WriteScale(json, mapping.AdapterScale);
        }

        WriteEntries(json, "mapping", mapping);
        json.WriteStartObject("expected");
        foreach (var (name, key) in expected)
        {
            WriteNumbers(json, name, key.Shape);
            json.Drain();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>Writes the changes as a named array.</summary>
    public static void WriteEntries(Utf8JsonWriter json, string name, KeyMapping mapping)
    {
        json.WriteStartArray(name);
        foreach (var (to, origin) in mapping.Keys)
        {
            for (var i = 0; i < origin.From.Count; i++)
            {
                json.WriteStartObject();
                json.WriteString("from", origin.From[i]);
                json.WriteString("to", to);
                if (origin.Operation != KeyOperation.Copy)
                {
                    json.WriteString("operation", NameOf(origin.Operation));
                }

                if (origin.Numbers.Count > 0)
                {
                    WriteNumbers(json, "numbers", origin.Numbers.Select(n => (long)n));
                }

                if (mapping.Shapes.TryGetValue(to, out var shape))
                {
                    WriteNumbers(json, "shape", shape);
                }

                json.WriteEndObject();
                json.Drain();
            }
        }

        foreach (var dropped in mapping.Dropped)
        {
            json.WriteStartObject();
            json.WriteString("from", dropped);
            json.WriteNull("to");
            json.WriteString("operation", NameOf(KeyOperation.Drop));
            json.WriteEndObject();
            json.Drain();
        }

        json.WriteEndArray();
    }

    /// <summary>Reads a mapping file, and what has to come out where it says so.</summary>
    /// <exception cref="RemappingException">It is not a mapping.</exception>
    public static (KeyMapping Mapping, IReadOnlyDictionary<string, IReadOnlyList<long>> Expected) Read(ReadOnlyMemory<byte> utf8)
    {
        try
        {
            using var document = JsonDocument.Parse(utf8, new JsonDocumentOptions { MaxDepth = 8 });
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("mapping", out var entries) || entries.ValueKind != JsonValueKind.Array)
            {
                throw new RemappingException(SafeText.Of($"a mapping is an object with an array \"mapping\", as modelgate diff --write-mapping writes it"));
            }

            return (ReadMapping(root, entries), ReadExpected(root));
        }
        catch (JsonException fault)
        {
            throw new RemappingException(SafeText.Of($"the mapping is not valid JSON (line {(fault.LineNumber ?? 0) + 1})"));
        }
        catch (InvalidOperationException)
        {
            // What the document's accessors throw for a value of another kind, and for text that is not valid Unicode.
            throw new RemappingException(SafeText.Of($"the mapping has a value of the wrong kind: from, to and operation are texts, shape and numbers are whole numbers"));
        }
        catch (FormatException)
        {
            throw new RemappingException(SafeText.Of($"the mapping has a number that is not a whole number in range"));
        }
    }

    private static KeyMapping ReadMapping(JsonElement root, JsonElement entries)
    {
        var keys = new Dictionary<string, KeyOrigin>(StringComparer.Ordinal);
        var shapes = new Dictionary<string, IReadOnlyList<long>>(StringComparer.Ordinal);
        var dropped = new List<string>();
        foreach (var entry in entries.EnumerateArray().Take(MostEntries))
        {
            var from = Text(entry, "from") ?? throw new RemappingException(SafeText.Of($"an entry of the mapping has no \"from\""));
            if (Text(entry, "to") is not { } to)
            {
                dropped.Add(from);
                continue;
            }

            var operation = Text(entry, "operation") is { } name ? Parse(name) : KeyOperation.Copy;
            if (!keys.TryGetValue(to, out var origin))
            {
                keys.Add(to, new KeyOrigin(operation, [from]) { Numbers = entry.TryGetProperty("numbers", out var numbers) ? [.. numbers.EnumerateArray().Select(n => n.GetInt32())] : [] });
                if (entry.TryGetProperty("shape", out var shape))
                {
                    shapes.Add(to, Shape(shape));
                }
            }
            else if (origin.Operation == operation && operation is KeyOperation.Fold or KeyOperation.MergeAdapter or KeyOperation.Concatenate)
            {
                keys[to] = origin with { From = [.. origin.From, from] };
            }
            else
            {
                throw new RemappingException(SafeText.Of($"the mapping makes {to} twice"));
            }
        }

        return new KeyMapping(keys, dropped)
        {
            Shapes = shapes,
            AdapterScale = root.TryGetProperty("adapterScale", out var scale) && scale.ValueKind != JsonValueKind.Null ? scale.GetDouble() : null,
        };
    }

    private static Dictionary<string, IReadOnlyList<long>> ReadExpected(JsonElement root)
    {
        var expected = new Dictionary<string, IReadOnlyList<long>>(StringComparer.Ordinal);
        if (root.TryGetProperty("expected", out var keys))
        {
            foreach (var key in keys.EnumerateObject())
            {
                expected[key.Name] = Shape(key.Value);
            }
        }

        return expected;
    }

    private static long[] Shape(JsonElement shape) => [.. shape.EnumerateArray().Select(s => s.GetInt64() is >= 0 and var size ? size : throw new FormatException())];

    private static string? Text(JsonElement entry, string name) => entry.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static void WriteScale(Utf8JsonWriter json, double? scale)
    {
        if (scale is { } value)
        {
            json.WriteNumberValue(value);
        }
        else
        {
            json.WriteNullValue();
        }
    }

    private static void WriteNumbers(Utf8JsonWriter json, string name, IEnumerable<long> numbers)
    {
        json.WriteStartArray(name);
        foreach (var number in numbers)
        {
            json.WriteNumberValue(number);
        }

        json.WriteEndArray();
    }

    private static string NameOf(KeyOperation operation) => operation switch
    {
        KeyOperation.MergeAdapter => "merge-adapter",
        _ => operation.ToString().ToLowerInvariant(),
    };

    private static KeyOperation Parse(string name)
    {
        var known = Enum.GetValues<KeyOperation>().Where(o => o != KeyOperation.Drop).ToArray();
        return known.Any(o => NameOf(o) == name)
            ? known.First(o => NameOf(o) == name)
            : throw new RemappingException(SafeText.Of($"there is no operation \"{name}\"; a mapping knows {string.Join(", ", known.Select(NameOf))}"));
    }
}

using System.Text.Json;
using ModelGate.Artifacts;
using ModelGate.Bytes;
using ModelGate.Faults;
using ModelGate.Syntax.Json;

namespace ModelGate.Readers.Safetensors;

/// <summary>Which shard holds which tensor.</summary>
/// <param name="Map">Tensor to file name, in the order of the index.</param>
/// <param name="TotalSize">The bytes of all tensors, where the index says so.</param>
/// <param name="Metadata">The scalars beside the map.</param>
internal sealed record SafetensorsIndex(
    List<KeyValuePair<string, string>> Map, long? TotalSize, List<KeyValuePair<string, MetadataValue>> Metadata)
{
    /// <summary>Parses an index.</summary>
    /// <exception cref="ArtifactFault">It is not of the form of an index, or has a key twice.</exception>
    public static SafetensorsIndex Read(ref Utf8JsonReader reader, ReadBudget budget)
    {
        StrictJson.Next(ref reader, JsonTokenType.StartObject, "an object");
        List<KeyValuePair<string, string>>? map = null;
        var metadata = new List<KeyValuePair<string, MetadataValue>>();
        var keys = new HashSet<string>(StringComparer.Ordinal);
        while (StrictJson.NextKey(ref reader, keys) is { } key)
        {
            if (key == "weight_map")
            {
                map = ReadMap(ref reader, budget);
            }
            else if (key == "metadata")
            {
                ReadMetadata(ref reader, metadata);
            }
            else
            {
                reader.Skip();
            }
        }

        return map is { Count: > 0 }
            ? new SafetensorsIndex(map, metadata.Find(m => m.Key == "total_size").Value is MetadataValue.Integer total ? total.Value : null, metadata)
            : throw new ArtifactFault(FaultReason.Header, SafeText.Of($"the index names no tensor"));
    }

    private static List<KeyValuePair<string, string>> ReadMap(ref Utf8JsonReader reader, ReadBudget budget)
    {
        StrictJson.Next(ref reader, JsonTokenType.StartObject, "an object of tensor to file");
        var map = new List<KeyValuePair<string, string>>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        while (StrictJson.NextKey(ref reader, names) is { } name)
        {
            map.Add(new(name, StrictJson.NextText(ref reader, "a file name")));
            ReadBudget.Require(map.Count, budget.Limits.Tensors, nameof(ReadLimits.Tensors), "the number of tensors");
        }

        return map;
    }

    private static void ReadMetadata(ref Utf8JsonReader reader, List<KeyValuePair<string, MetadataValue>> metadata)
    {
        StrictJson.Next(ref reader, JsonTokenType.StartObject, "an object");
        var keys = new HashSet<string>(StringComparer.Ordinal);
        while (StrictJson.NextKey(ref reader, keys) is { } key)
        {
            reader.Read();
            MetadataValue? value = reader.TokenType switch
            {
                JsonTokenType.String => new MetadataValue.Text(StrictJson.Text(ref reader)),
                JsonTokenType.Number when reader.TryGetInt64(out var integer) => new MetadataValue.Integer(integer),
                JsonTokenType.Number when reader.TryGetDouble(out var real) => new MetadataValue.Real(real),
                JsonTokenType.True => new MetadataValue.Bool(true),
                JsonTokenType.False => new MetadataValue.Bool(false),
                JsonTokenType.Null => new MetadataValue.Null(),
                _ => null,
            };
            if (value is null)
            {
                reader.Skip();
            }
            else
            {
                metadata.Add(new(key, value));
            }
        }
    }
}

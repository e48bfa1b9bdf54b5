using System.Text.Json;
using ModelGate.Artifacts;
using ModelGate.Bytes;
using ModelGate.Faults;
using ModelGate.Syntax.Json;

namespace ModelGate.Readers.Safetensors;

/// <summary>What a header says of one tensor.</summary>
/// <param name="Name">The name.</param>
/// <param name="Type">The element type, as the format spells it.</param>
/// <param name="Shape">The sizes.</param>
/// <param name="Begin">Where its bytes begin, from the end of the header.</param>
/// <param name="End">Where they end.</param>
internal sealed record SafetensorsEntry(string Name, string Type, long[] Shape, long Begin, long End);

/// <summary>The JSON header of a safetensors file.</summary>
/// <param name="Entries">The tensors, in the order of the header.</param>
/// <param name="Metadata">The texts under <c>__metadata__</c>.</param>
internal sealed record SafetensorsHeader(List<SafetensorsEntry> Entries, List<KeyValuePair<string, MetadataValue>> Metadata)
{
    // What an entry takes before it becomes a tensor.
    private const int EntryBytes = 160;

    // An entry is an object in an object; members that are not known may hold a little more.
    private const int Nesting = 16;

    /// <summary>Parses a header.</summary>
    /// <exception cref="ArtifactFault">It is not valid JSON, has a key twice, or is not of the form that the format wants.</exception>
    public static SafetensorsHeader Parse(ReadOnlySpan<byte> bytes, ReadBudget budget)
        => StrictJson.Parse(bytes, Nesting, "the header", (ref Utf8JsonReader reader) => Read(ref reader, budget));

    private static SafetensorsHeader Read(ref Utf8JsonReader reader, ReadBudget budget)
    {
        StrictJson.Next(ref reader, JsonTokenType.StartObject, "an object of name to tensor");
        var header = new SafetensorsHeader([], []);
        var names = new HashSet<string>(StringComparer.Ordinal);
        while (StrictJson.NextKey(ref reader, names) is { } name)
        {
            if (name == "__metadata__")
            {
                ReadMetadata(ref reader, header.Metadata, budget);
                continue;
            }

            header.Entries.Add(ReadEntry(ref reader, name, budget));
            ReadBudget.Require(header.Entries.Count, budget.Limits.Tensors, nameof(ReadLimits.Tensors), "the number of tensors");
            budget.Step();
            budget.Keep(EntryBytes + (2L * name.Length));
        }

        return header;
    }

    private static void ReadMetadata(ref Utf8JsonReader reader, List<KeyValuePair<string, MetadataValue>> metadata, ReadBudget budget)
    {
        StrictJson.Next(ref reader, JsonTokenType.StartObject, "an object of texts under __metadata__");
        var keys = new HashSet<string>(StringComparer.Ordinal);
        while (StrictJson.NextKey(ref reader, keys) is { } key)
        {
            var text = StrictJson.NextText(ref reader, "a text");
            budget.Step();
            budget.Keep(EntryBytes + (2L * (key.Length + text.Length)));
            metadata.Add(new(key, new MetadataValue.Text(text)));
        }
    }

    private static SafetensorsEntry ReadEntry(ref Utf8JsonReader reader, string name, ReadBudget budget)
    {
        StrictJson.Next(ref reader, JsonTokenType.StartObject, "an object that describes a tensor");
        var at = reader.TokenStartIndex;
        string? type = null;
        List<long>? shape = null, range = null;
        HashSet<string>? others = null;

        // A file may have a million of these: the three known keys are compared where they stand.
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("dtype"u8) && type is null)
            {
                type = StrictJson.NextText(ref reader, "a dtype");
            }
            else if (reader.ValueTextEquals("shape"u8) && shape is null)
            {
                shape = StrictJson.NextSizes(ref reader, budget.Limits.Rank, "a shape");
            }
            else if (reader.ValueTextEquals("data_offsets"u8) && range is null)
            {
                range = StrictJson.NextSizes(ref reader, budget.Limits.Rank, "a pair of offsets");
            }
            else
            {
                var key = StrictJson.Text(ref reader);
                if (key is "dtype" or "shape" or "data_offsets" || !(others ??= new HashSet<string>(StringComparer.Ordinal)).Add(key))
                {
                    throw new ArtifactFault(FaultReason.DuplicateKey, SafeText.Of($"the key {key} occurs twice"), reader.TokenStartIndex);
                }

                reader.Skip();
            }
        }

        return type is not null && shape is not null && range is [var begin, var end]
            ? new SafetensorsEntry(name, type, [.. shape], begin, end)
            : throw new ArtifactFault(FaultReason.Header, SafeText.Of($"the tensor {name} has not one dtype, one shape and two data_offsets"), at);
    }
}

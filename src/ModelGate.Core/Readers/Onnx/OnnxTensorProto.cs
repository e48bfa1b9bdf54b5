using ModelGate.Bytes;
using ModelGate.Faults;
using ModelGate.Syntax.Protobuf;

namespace ModelGate.Readers.Onnx;

/// <summary>What a TensorProto says: nothing of its elements is read yet.</summary>
internal sealed class OnnxTensorProto
{
    private const int MostChunks = 1 << 20;

    /// <summary>The name.</summary>
    public string Name { get; private set; } = "";

    /// <summary>The sizes.</summary>
    public List<long> Dimensions { get; } = [];

    /// <summary>ONNX's number of the element type.</summary>
    public long Type { get; private set; }

    /// <summary>The bytes of <c>raw_data</c>.</summary>
    public WireRange? Raw { get; private set; }

    /// <summary>The field of typed numbers that is used; 0 where none is.</summary>
    public int TypedField { get; private set; }

    /// <summary>Where the typed numbers lie.</summary>
    public List<WireRange> Chunks { get; } = [];

    /// <summary>How many texts there are.</summary>
    public long Texts { get; private set; }

    /// <summary>Whether the elements lie in another file.</summary>
    public bool IsExternal { get; private set; }

    /// <summary>Where in the other file: location, offset, length.</summary>
    public Dictionary<string, string> External { get; } = new(StringComparer.Ordinal);

    /// <summary>Where the description stands.</summary>
    public long At { get; private init; }

    /// <summary>Reads the message that the reader stands in.</summary>
    /// <exception cref="ArtifactFault">It is malformed, or gives its elements in several ways.</exception>
    public static OnnxTensorProto Read(WireReader reader)
    {
        var tensor = new OnnxTensorProto { At = reader.Position };
        while (reader.Next(out var field, out var type))
        {
            tensor.ReadField(reader, field, type);
        }

        return tensor;
    }

    /// <summary>Reads a key with its value.</summary>
    public static (string Key, string Value) ReadPair(WireReader reader)
    {
        var (key, value) = ("", "");
        reader.ReadMessage(() =>
        {
            while (reader.Next(out var field, out var type))
            {
                if (field == 1 && type == WireType.Bytes)
                {
                    key = reader.ReadText("a key");
                }
                else if (field == 2 && type == WireType.Bytes)
                {
                    value = reader.ReadText("a value");
                }
                else
                {
                    reader.Skip(type);
                }
            }
        });
        return (key, value);
    }

    private void ReadField(WireReader reader, int field, WireType type)
    {
        switch (field)
        {
            case 1:
                ReadDimensions(reader, type);
                break;
            case 2:
                reader.Require(type == WireType.Varint, "an element type");
                Type = (long)reader.ReadVarint();
                break;
            case 3:
                throw new ArtifactFault(FaultReason.Segment, SafeText.Of($"a tensor is given in segments, which no writer does"), reader.Position);
            case 4 or 5 or 7 or 10 or 11:
                AddChunk(reader, field, type);
                break;
            case 6:
                reader.Require(type == WireType.Bytes, "a text");
                Texts++;
                reader.Skip(type);
                break;
            case 8:
                reader.Require(type == WireType.Bytes, "a tensor's name");
                Name = reader.ReadText("a tensor's name");
                break;
            case 9:
                reader.Require(type == WireType.Bytes && Raw is null, "raw_data");
                Raw = reader.ReadBytes();
                break;
            case 13:
                reader.Require(type == WireType.Bytes, "external_data");
                var (key, value) = ReadPair(reader);
                if (!External.TryAdd(key, value))
                {
                    throw new ArtifactFault(FaultReason.ExternalData, SafeText.Of($"external data give {key} twice"), reader.Position);
                }

                break;
            case 14:
                reader.Require(type == WireType.Varint, "data_location");
                IsExternal = reader.ReadVarint() switch
                {
                    0 => false,
                    1 => true,
                    var other => throw new ArtifactFault(FaultReason.ExternalData, SafeText.Of($"a tensor lies in the location {other}, which is not known"), reader.Position),
                };
                break;
            default:
                reader.Skip(type);
                break;
        }
    }

    private void ReadDimensions(WireReader reader, WireType type)
    {
        if (type == WireType.Varint)
        {
            Dimensions.Add((long)reader.ReadVarint());
        }
        else
        {
            reader.Require(type == WireType.Bytes, "a size");
            var range = reader.ReadBytes();
            reader.Inside(range, () =>
            {
                while (reader.Position < range.Offset + range.Length)
                {
                    Dimensions.Add((long)reader.ReadVarint());
                    Require(Dimensions.Count, reader);
                }
            });
        }

        Require(Dimensions.Count, reader);
    }

    // Numbers may be packed or not, and a message may mix both.
    private void AddChunk(WireReader reader, int field, WireType type)
    {
        if (TypedField != 0 && TypedField != field)
        {
            throw new ArtifactFault(FaultReason.TensorData, SafeText.Of($"a tensor gives its elements in two ways"), reader.Position);
        }

        TypedField = field;
        var at = reader.Position;
        var range = type == WireType.Bytes ? reader.ReadBytes() : default;
        if (type != WireType.Bytes)
        {
            reader.Require(type == (field switch { 4 => WireType.Fixed32, 10 => WireType.Fixed64, _ => WireType.Varint }), "an element");
            reader.Skip(type);
            range = new WireRange(at, reader.Position - at);
        }

        if (range.Length > 0)
        {
            Chunks.Add(range);
            if (Chunks.Count > MostChunks)
            {
                throw new ArtifactFault(FaultReason.Limit, SafeText.Of($"a tensor is given in more than {MostChunks} pieces"), at);
            }
        }
    }

    private static void Require(int rank, WireReader reader)
        => ReadBudget.Require(rank, reader.Limits.Rank, nameof(ReadLimits.Rank), "the number of dimensions", reader.Position);
}

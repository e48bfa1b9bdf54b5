using System.Globalization;
using ModelGate.Artifacts;
using ModelGate.Bytes;
using ModelGate.Faults;
using ModelGate.Readers.Elements;
using ModelGate.Syntax.Protobuf;

namespace ModelGate.Readers.Onnx;

/// <summary>The initializers of the main graph: each is held against its description when it is added.</summary>
/// <param name="source">The model's file.</param>
/// <param name="siblings">The files with external data.</param>
internal sealed class OnnxTensors(IByteSource source, SiblingFiles siblings, ReadBudget budget)
{
    private readonly List<TensorEntry> entries = [];
    private readonly HashSet<string> names = new(StringComparer.Ordinal);

    /// <summary>The tensors, in the order of the file.</summary>
    public IReadOnlyList<TensorEntry> Entries => entries;

    /// <summary>Adds a dense tensor.</summary>
    /// <exception cref="ArtifactFault">Its elements do not fit its type and sizes.</exception>
    public void Add(OnnxTensorProto tensor) => Add(Describe(tensor), tensor.At);

    /// <summary>Checks a tensor that is not listed: elements in another file have to lie beside the model, as those of any other tensor.</summary>
    /// <exception cref="ArtifactFault">They do not.</exception>
    public void Check(OnnxTensorProto tensor)
    {
        if (tensor.IsExternal)
        {
            Describe(tensor);
        }
    }

    /// <summary>Adds the sparse tensor that the reader stands in.</summary>
    /// <exception cref="ArtifactFault">Values and indices do not fit each other.</exception>
    public void AddSparse(WireReader reader)
    {
        var at = reader.Position;
        OnnxTensorProto? values = null, indices = null;
        var shape = new List<long>();
        while (reader.Next(out var field, out var type))
        {
            switch (field)
            {
                case 1 when type == WireType.Bytes:
                    reader.ReadMessage(() => values = OnnxTensorProto.Read(reader));
                    break;
                case 2 when type == WireType.Bytes:
                    reader.ReadMessage(() => indices = OnnxTensorProto.Read(reader));
                    break;
                case 3 when type == WireType.Varint:
                    shape.Add((long)reader.ReadVarint());
                    break;
                case 3:
                    var range = reader.ReadBytes();
                    reader.Inside(range, () =>
                    {
                        while (reader.Position < range.Offset + range.Length)
                        {
                            shape.Add((long)reader.ReadVarint());
                            ReadBudget.Require(shape.Count, budget.Limits.Rank, nameof(ReadLimits.Rank), "the number of dimensions", at);
                        }
                    });
                    break;
                default:
                    reader.Skip(type);
                    break;
            }
        }

        ReadBudget.Require(shape.Count, budget.Limits.Rank, nameof(ReadLimits.Rank), "the number of dimensions", at);
        if (values is null || indices is null)
        {
            throw new ArtifactFault(FaultReason.Sparse, SafeText.Of($"a sparse tensor has not both values and indices"), at);
        }

        var entry = Describe(values);
        Add(OnnxSparseData.Describe(entry, Describe(indices), [.. shape], at, budget), at);
    }

    private void Add(TensorEntry entry, long at)
    {
        ReadBudget.Require(entries.Count + 1, budget.Limits.Tensors, nameof(ReadLimits.Tensors), "the number of tensors");
        entries.Add(names.Add(entry.Name) ? AdmittedTensor.Of(entry, budget) : throw new ArtifactFault(FaultReason.DuplicateKey, SafeText.Of($"two initializers have the name {entry.Name}"), at));
    }

    private TensorEntry Describe(OnnxTensorProto tensor)
    {
        var type = OnnxType.Find(tensor.Type, tensor.Name, tensor.At);
        var elements = TensorShapes.Elements(tensor.Dimensions, tensor.Name, tensor.At);
        var ways = (tensor.Raw is null ? 0 : 1) + (tensor.Chunks.Count > 0 ? 1 : 0) + (tensor.Texts > 0 ? 1 : 0) + (tensor.IsExternal ? 1 : 0);
        if (ways > 1)
        {
            throw new ArtifactFault(FaultReason.TensorData, SafeText.Of($"the tensor {tensor.Name} gives its elements in {ways} ways"), tensor.At);
        }

        return new TensorEntry(tensor.Name, type.DType, tensor.Dimensions, elements, Data(tensor, type, elements));
    }

    private ITensorData? Data(OnnxTensorProto tensor, OnnxType type, long elements)
    {
        if (type.DType == DType.String)
        {
            return tensor.Texts == elements && !tensor.IsExternal && tensor.Raw is null && tensor.Chunks.Count == 0
                ? null
                : throw Size(tensor, "texts", tensor.Texts, elements);
        }

        var bytes = PackedTensorData.Bytes(elements, type.Bits);
        if (tensor.IsExternal)
        {
            return External(tensor, type, bytes);
        }

        if (tensor.Raw is { } raw)
        {
            return raw.Length == bytes ? Stored(source, raw.Offset, (long)bytes, type) : throw Size(tensor, "bytes", raw.Length, bytes);
        }

        if (tensor.Texts > 0 || (tensor.TypedField != 0 && tensor.Chunks.Count > 0 && tensor.TypedField != type.TypedField))
        {
            throw new ArtifactFault(FaultReason.TensorData, SafeText.Of($"the tensor {tensor.Name} gives its elements in a field of another type"), tensor.At);
        }

        return OnnxTypedData.Create(source, tensor, type, elements, budget);
    }

    private ITensorData External(OnnxTensorProto tensor, OnnxType type, Int128 bytes)
    {
        if (!tensor.External.TryGetValue("location", out var location))
        {
            throw new ArtifactFault(FaultReason.ExternalData, SafeText.Of($"the tensor {tensor.Name} lies in another file and does not say in which"), tensor.At);
        }

        var offset = Number(tensor, "offset") ?? 0;
        var length = Number(tensor, "length");
        var file = siblings.Open(location, below: true);
        var available = file.Length - offset;
        var held = length ?? available;
        return available >= 0 && held <= available && held == bytes
            ? Stored(file, offset, (long)bytes, type)
            : throw new ArtifactFault(
                FaultReason.ExternalData, SafeText.Of($"the tensor {tensor.Name} wants {bytes} bytes, is said to have {held} at {offset}, and {location} has {file.Length}"), tensor.At);
    }

    private static long? Number(OnnxTensorProto tensor, string key)
    {
        if (!tensor.External.TryGetValue(key, out var text))
        {
            return null;
        }

        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new ArtifactFault(FaultReason.ExternalData, SafeText.Of($"the tensor {tensor.Name} has the {SafeText.From(key)} {text}, which is not a non-negative integer"), tensor.At);
    }

    private static ITensorData Stored(IByteSource file, long offset, long bytes, OnnxType type) => type.Bits < 8
        ? new PackedTensorData(new StorageBytes(file, offset, bytes, 1), type.Bits)
        : new ContiguousTensorData(file, offset, type.DType);

    private static ArtifactFault Size(OnnxTensorProto tensor, string what, Int128 found, Int128 wanted)
        => new(FaultReason.TensorSize, SafeText.Of($"the tensor {tensor.Name} has {found} {SafeText.From(what)}, and its sizes and type want {wanted}"), tensor.At);
}

using ModelGate.Artifacts;
using ModelGate.Bytes;
using ModelGate.Faults;
using ModelGate.Readers.Elements;
using ModelGate.Syntax.Zip;

namespace ModelGate.Readers.TorchExport;

/// <summary>The records that hold weights and constants as raw bytes.</summary>
/// <param name="archive">The archive.</param>
/// <param name="bigEndian">Whether numbers are in big-endian order.</param>
internal sealed class TorchExportWeights(ZipDirectory archive, bool bigEndian, ReadBudget budget)
{
    private const int Strided = 7;

    private readonly Dictionary<string, (IByteSource Source, long Start)> opened = new(StringComparer.Ordinal);

    /// <summary>The record of a tensor.</summary>
    /// <exception cref="ArtifactFault">The name leads out of the folder, or there is no such record.</exception>
    public ZipEntry Find(string folder, TorchExportTensor tensor)
    {
        // PyTorch joins this name with a path on disk.
        if (tensor.Record.Length == 0 || tensor.Record is "." or ".." || tensor.Record.AsSpan().ContainsAny('/', '\\', ':'))
        {
            throw new ArtifactFault(FaultReason.Path, SafeText.Of($"the tensor {tensor.Name} refers to {tensor.Record}, which is not a plain name"));
        }

        return archive.ByName.GetValueOrDefault($"{folder}/{tensor.Record}")
            ?? throw new ArtifactFault(FaultReason.MissingRecord, SafeText.Of($"the archive has no record {folder}/{tensor.Record}"));
    }

    /// <summary>Describes a tensor; null for what is none.</summary>
    /// <exception cref="ArtifactFault">The record does not hold what the description promises.</exception>
    public TensorEntry? Create(string folder, TorchExportTensor tensor, string name, List<SafeText> warnings)
    {
        var entry = Find(folder, tensor);
        budget.Checkpoint();
        if (tensor.Meta is not { } meta)
        {
            return null;
        }

        if (!TryType(meta.Type, out var type))
        {
            throw new ArtifactFault(FaultReason.DType, SafeText.Of($"the tensor {name} has the dtype {meta.Type}, which is not known"));
        }

        var elements = TensorShapes.Elements(meta.Sizes, name);
        if (entry.Size % type.ItemSize() != 0)
        {
            throw new ArtifactFault(FaultReason.StorageSize, SafeText.Of($"the record {entry.Name} of {entry.Size} bytes is not a multiple of {type.ItemSize()}"), entry.DataOffset);
        }

        // PyTorch makes zeros of the declared shape out of an empty record: there is nothing in the file to look at.
        if (elements == 0 || meta.Layout != Strided || entry.Size == 0)
        {
            if (elements > 0)
            {
                warnings.Note(SafeText.Of($"the tensor {name} has no values in the file"));
            }

            return AdmittedTensor.Of(new TensorEntry(name, type, meta.Sizes, elements, null), budget);
        }

        RequireInside(entry, name, meta, type);
        if (!opened.TryGetValue(entry.Name, out var place))
        {
            opened[entry.Name] = place = ZipContent.Lazily(archive, entry);
        }

        var bytes = new StorageBytes(place.Source, place.Start, entry.Size, bigEndian ? ByteOrder.Unit(type) : 1) { Deflated = ZipContent.Place(entry) };
        return AdmittedTensor.Of(new TensorEntry(name, type, meta.Sizes, elements, new StridedTensorData(bytes, new TensorWindow(meta.Offset, meta.Sizes, meta.Strides), type, false, false)), budget);
    }

    private static void RequireInside(ZipEntry entry, string name, TorchExportMeta meta, DType type)
    {
        var held = entry.Size / type.ItemSize();
        Int128 last = meta.Offset;
        for (var i = 0; i < meta.Sizes.Length && last < held; i++)
        {
            last += (Int128)(meta.Sizes[i] - 1) * meta.Strides[i];
        }

        if (last >= held)
        {
            throw new ArtifactFault(FaultReason.OutOfRange, SafeText.Of($"the tensor {name} reaches to element {last}, and its record holds {held}"), entry.DataOffset);
        }
    }

    // torch.export numbers the types in its own way.
    private static bool TryType(long number, out DType type)
    {
        DType? found = number switch
        {
            1 => DType.UInt8,
            2 => DType.Int8,
            3 => DType.Int16,
            4 => DType.Int32,
            5 => DType.Int64,
            6 => DType.Float16,
            7 => DType.Float32,
            8 => DType.Float64,
            9 => DType.Complex32,
            10 => DType.Complex64,
            11 => DType.Complex128,
            12 => DType.Bool,
            13 => DType.BFloat16,
            28 => DType.UInt16,
            29 => DType.Float8E4M3FN,
            30 => DType.Float8E5M2,
            31 => DType.Float8E4M3FNUZ,
            32 => DType.Float8E5M2FNUZ,
            33 => DType.Float8E8M0FNU,
            34 => DType.UInt32,
            35 => DType.UInt64,
            _ => null,
        };
        type = found ?? default;
        return found is not null;
    }
}

using ModelGate.Artifacts;
using ModelGate.Bytes;
using ModelGate.Faults;
using ModelGate.Readers.Elements;

namespace ModelGate.Readers.Safetensors;

/// <summary>Holds what the header says against the bytes behind it: every byte belongs to exactly one tensor.</summary>
internal static class SafetensorsLayout
{
    /// <summary>Makes the tensors readable.</summary>
    /// <exception cref="ArtifactFault">Ranges have gaps, overlap, do not fit their shape, or do not end with the file.</exception>
    public static SafetensorsFile Lay(SafetensorsHeader header, IByteSource source, long start, ReadBudget budget)
    {
        var behind = 0L;
        foreach (var entry in header.Entries.OrderBy(e => e.Begin).ThenBy(e => e.End))
        {
            if (entry.Begin != behind || entry.End < entry.Begin)
            {
                throw new ArtifactFault(
                    entry.Begin < behind && entry.End >= entry.Begin ? FaultReason.OverlappingTensors : FaultReason.Offset,
                    SafeText.Of($"the tensor {entry.Name} lies from {entry.Begin} to {entry.End}, and the one before ends at {behind}"));
            }

            behind = entry.End;
        }

        var tensors = new List<TensorEntry>(header.Entries.Count);
        foreach (var entry in header.Entries)
        {
            tensors.Add(AdmittedTensor.Of(Tensor(entry, source, start), budget));
        }

        if (behind != source.Length - start)
        {
            throw behind > source.Length - start
                ? new ArtifactFault(FaultReason.Truncated, SafeText.Of($"the tensors want {behind} bytes, and {source.Length - start} follow the header"), start)
                : new ArtifactFault(FaultReason.TrailingBytes, SafeText.Of($"{SafeText.Count(source.Length - start - behind, "byte follows", "bytes follow")} the last tensor"), start + behind);
        }

        return new SafetensorsFile(tensors, header.Metadata, behind, Warnings(tensors));
    }

    private static TensorEntry Tensor(SafetensorsEntry entry, IByteSource source, long start)
    {
        if (!SafetensorsTypes.TryParse(entry.Type, out var type, out var bits))
        {
            throw new ArtifactFault(FaultReason.DType, SafeText.Of($"the tensor {entry.Name} has the dtype {entry.Type}, which is not known"));
        }

        var elements = TensorShapes.Elements(entry.Shape, entry.Name);
        var total = (Int128)elements * bits;
        if (total % 8 != 0)
        {
            throw new ArtifactFault(FaultReason.BadSize, SafeText.Of($"the tensor {entry.Name} of {elements} elements of {bits} bits does not end with a byte"));
        }

        if (total / 8 != entry.End - entry.Begin)
        {
            throw new ArtifactFault(
                FaultReason.TensorSize, SafeText.Of($"the tensor {entry.Name} has {entry.End - entry.Begin} bytes, and its shape and dtype want {total / 8}"));
        }

        // PyTorch counts pairs, the header their halves.
        if (type == DType.Float4E2M1FN && entry.Shape is [.. var outer, var last] && last % 2 == 0)
        {
            return new TensorEntry(entry.Name, DType.Float4E2M1FNx2, [.. outer, last / 2], elements / 2, new ContiguousTensorData(source, start + entry.Begin, DType.Float4E2M1FNx2));
        }

        ITensorData? data = type switch
        {
            DType.Float4E2M1FN => new PackedTensorData(new StorageBytes(source, start + entry.Begin, entry.End - entry.Begin, 1), bits),

            // The format does not say in which order six bits are packed.
            DType.Float6E2M3FN or DType.Float6E3M2FN => null,
            _ => new ContiguousTensorData(source, start + entry.Begin, type),
        };
        return new TensorEntry(entry.Name, type, entry.Shape, elements, data);
    }

    private static SafeText[] Warnings(List<TensorEntry> tensors)
    {
        var unread = tensors.Count(t => t.Data is null);
        return unread == 0 ? [] : [SafeText.Of($"{unread} tensors are floats of six bits, whose packing the format does not say: they are listed only")];
    }
}

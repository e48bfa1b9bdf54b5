using System.Buffers.Binary;
using System.Text.Json;
using ModelGate.Artifacts;
using ModelGate.Faults;

namespace ModelGate.Readers.Safetensors;

/// <summary>Writes tensors as safetensors: eight bytes of header length, a JSON header, then the elements without gaps.</summary>
/// <remarks>https://github.com/huggingface/safetensors#format. The header is padded with blanks, so that elements begin at a multiple of 8.</remarks>
internal static class SafetensorsWriter
{
    private const int BlockBytes = 1 << 20;

    // safetensors' own limit for a header.
    private const long LongestHeader = 100_000_000;

    /// <summary>Writes the tensors; larger elements first and then by name, so that every tensor is aligned to its type.</summary>
    /// <exception cref="UnwritableTensorException">A tensor cannot be written in this format.</exception>
    /// <exception cref="ArtifactFault">A tensor cannot be read.</exception>
    public static void Write(IReadOnlyList<TensorEntry> tensors, Stream output, CancellationToken cancellation = default)
    {
        var ordered = InOrder(tensors);
        var header = Header(ordered);
        Span<byte> length = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
        output.Write(length);
        output.Write(header);
        foreach (var block in Blocks(ordered, cancellation))
        {
            output.Write(block.Span);
        }
    }

    /// <summary>Reads what was written and holds it against the tensors; null where all is equal, else what is not.</summary>
    public static SafeText? Check(IReadOnlyList<TensorEntry> tensors, Stream written, CancellationToken cancellation = default)
    {
        var ordered = InOrder(tensors);
        var header = Header(ordered);
        var start = new byte[sizeof(ulong) + header.Length];
        if (written.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) < start.Length
            || BinaryPrimitives.ReadUInt64LittleEndian(start) != (ulong)header.Length || !start.AsSpan(sizeof(ulong)).SequenceEqual(header))
        {
            return SafeText.Of($"the header that was written is not the one that is read");
        }

        var found = new byte[BlockBytes];
        foreach (var block in Blocks(ordered, cancellation))
        {
            var there = found.AsSpan(0, block.Length);
            if (written.ReadAtLeast(there, there.Length, throwOnEndOfStream: false) < there.Length || !there.SequenceEqual(block.Span))
            {
                return SafeText.Of($"the elements that were written are not those that are read, near byte {written.Position}");
            }
        }

        return written.ReadByte() < 0 ? null : SafeText.Of($"more is read than was written");
    }

    private static TensorEntry[] InOrder(IReadOnlyList<TensorEntry> tensors)
    {
        return [.. tensors.OrderByDescending(t => t.DType.ItemSize()).ThenBy(t => t.Name, StringComparer.Ordinal)];
    }

    private static byte[] Header(TensorEntry[] tensors)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartObject("__metadata__");
            json.WriteString("format", "pt");
            json.WriteString("writer", "modelgate");
            json.WriteEndObject();
            var offset = 0L;
            foreach (var tensor in tensors)
            {
                if (tensor.IsEndless)
                {
                    throw new UnwritableTensorException(SafeText.Of($"{tensor.Name} shows few elements as {tensor.Elements}, and so many are not written"));
                }

                if (tensor.Name == "__metadata__" || tensor.Data is null)
                {
                    throw new UnwritableTensorException(tensor.Data is null
                        ? SafeText.Of($"the file does not hold the elements of {tensor.Name}")
                        : SafeText.Of($"safetensors keeps the name {tensor.Name} for itself"));
                }

                json.WriteStartObject(tensor.Name);
                json.WriteString("dtype", NameOf(tensor));
                json.WriteStartArray("shape");
                foreach (var size in tensor.Shape)
                {
                    json.WriteNumberValue(size);
                }

                json.WriteEndArray();
                json.WriteStartArray("data_offsets");
                json.WriteNumberValue(offset);
                json.WriteNumberValue(offset = checked(offset + (tensor.Elements * tensor.DType.ItemSize())));
                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        while (buffer.Length % sizeof(ulong) != 0)
        {
            buffer.WriteByte((byte)' ');
        }

        return buffer.Length <= LongestHeader
            ? buffer.ToArray()
            : throw new UnwritableTensorException(SafeText.Of($"the names take {buffer.Length} bytes, and a safetensors header holds {LongestHeader}"));
    }

    private static IEnumerable<ReadOnlyMemory<byte>> Blocks(TensorEntry[] tensors, CancellationToken cancellation)
    {
        var buffer = new byte[BlockBytes];
        foreach (var tensor in tensors)
        {
            var item = tensor.DType.ItemSize();
            for (var first = 0L; first < tensor.Elements; first += BlockBytes / item)
            {
                cancellation.ThrowIfCancellationRequested();
                var block = buffer.AsMemory(0, (int)Math.Min(BlockBytes / item, tensor.Elements - first) * item);
                tensor.Data!.CopyElements(first, block.Span);
                yield return block;
            }
        }
    }

    private static string NameOf(TensorEntry tensor)
        => SafetensorsTypes.NameOf(tensor.DType) ?? throw new UnwritableTensorException(SafeText.Of($"{tensor.Name} is {tensor.DType.Name()}, which safetensors does not hold"));
}

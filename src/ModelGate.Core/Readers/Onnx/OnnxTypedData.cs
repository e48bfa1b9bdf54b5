using ModelGate.Artifacts;
using ModelGate.Bytes;
using ModelGate.Faults;
using ModelGate.Readers.Elements;
using ModelGate.Syntax.Protobuf;

namespace ModelGate.Readers.Onnx;

/// <summary>Elements that stand as typed numbers in the message: decoded as a whole when somebody asks, and kept while memory is not wanted.</summary>
internal sealed class OnnxTypedData : ITensorData
{
    private readonly IByteSource source;
    private readonly OnnxTensorProto tensor;
    private readonly OnnxType type;
    private readonly int elements;
    private readonly ReadLimits limits;
    private WeakReference<byte[]>? kept;

    private OnnxTypedData(IByteSource source, OnnxTensorProto tensor, OnnxType type, int elements, ReadLimits limits)
        => (this.source, this.tensor, this.type, this.elements, this.limits) = (source, tensor, type, elements, limits);

    /// <summary>Makes the elements readable.</summary>
    /// <exception cref="ArtifactFault">There are more or fewer numbers than the sizes want.</exception>
    public static ITensorData Create(IByteSource source, OnnxTensorProto tensor, OnnxType type, long elements, ReadBudget budget)
    {
        var wanted = type.PerNumber == 1 ? (Int128)elements * type.NumbersEach : ((Int128)elements + type.PerNumber - 1) / type.PerNumber;
        var fixedSize = type.TypedField switch { 4 => 4, 10 => 8, _ => 0 };
        var found = fixedSize > 0 ? tensor.Chunks.Sum(c => c.Length) / fixedSize : tensor.Chunks.Sum(c => Count(source, c, budget));
        if (found != wanted || (fixedSize > 0 && tensor.Chunks.Exists(c => c.Length % fixedSize != 0)))
        {
            throw new ArtifactFault(FaultReason.TensorSize, SafeText.Of($"the tensor {tensor.Name} has {found} numbers, and its sizes and type want {wanted}"), tensor.At);
        }

        // Packed floats stand in the file as they are.
        if (fixedSize > 0 && tensor.Chunks.Count == 1)
        {
            return new ContiguousTensorData(source, tensor.Chunks[0].Offset, type.DType);
        }

        return (Int128)elements * type.DType.ItemSize() <= Array.MaxLength
            ? new OnnxTypedData(source, tensor, type, (int)elements, budget.Limits)
            : throw new ArtifactFault(FaultReason.Limit, SafeText.Of($"the tensor {tensor.Name} has {elements} typed numbers, which are more than can be held at once"), tensor.At);
    }

    /// <inheritdoc/>
    public void CopyElements(long first, Span<byte> destination)
    {
        if (kept is null || !kept.TryGetTarget(out var bytes))
        {
            kept = new WeakReference<byte[]>(bytes = Decode());
        }

        bytes.AsSpan((int)(first * type.DType.ItemSize()), destination.Length).CopyTo(destination);
    }

    private byte[] Decode()
    {
        var item = type.DType.ItemSize();
        var result = new byte[(long)elements * item];
        var at = 0;
        foreach (var chunk in tensor.Chunks)
        {
            if (type.TypedField is 4 or 10)
            {
                source.ReadExactly(chunk.Offset, result.AsSpan(at, (int)chunk.Length), "a tensor");
                at += (int)chunk.Length;
                continue;
            }

            // Numbers are cut to the width of the type, as ONNX's own reader does; packed ones are taken apart.
            var reader = new WireReader(new RangeByteSource(source, chunk.Offset, chunk.Length), new ReadBudget(limits));
            while (reader.Position < chunk.Length)
            {
                var number = reader.ReadVarint();
                for (var part = 0; part < type.PerNumber && at < result.Length; part++)
                {
                    var value = type.PerNumber == 1 ? number : (number >> (part * type.Bits)) & ((1UL << type.Bits) - 1);
                    BitConverter.GetBytes(value).AsSpan(0, item).CopyTo(result.AsSpan(at));
                    at += item;
                }
            }
        }

        return result;
    }

    // Every number ends with a byte whose highest bit is clear.
    private static long Count(IByteSource source, WireRange chunk, ReadBudget budget)
    {
        Span<byte> block = stackalloc byte[4096];
        var count = 0L;
        byte last = 0;
        for (var at = 0L; at < chunk.Length; at += block.Length)
        {
            var bytes = block[..(int)Math.Min(block.Length, chunk.Length - at)];
            source.ReadExactly(chunk.Offset + at, bytes, "a tensor");
            foreach (var value in bytes)
            {
                count += value < 0x80 ? 1 : 0;
            }

            last = bytes[^1];
            budget.Cancellation.ThrowIfCancellationRequested();
        }

        return last < 0x80 ? count : throw new ArtifactFault(FaultReason.Truncated, SafeText.Of($"the last number of a tensor is cut off"), chunk.Offset + chunk.Length);
    }
}

using ModelGate.Artifacts;

namespace ModelGate.Architecture.Remapping;

/// <summary>A tensor with its dimensions in another order.</summary>
internal sealed class PermutedTensor : ITensorData
{
    private readonly TensorEntry source;
    private readonly long[] sizes;
    private readonly long[] strides;
    private readonly Lazy<byte[]> bytes;

    private PermutedTensor(TensorEntry source, IReadOnlyList<int> order)
    {
        this.source = source;
        var own = new long[order.Count];
        for (var (axis, stride) = (order.Count - 1, 1L); axis >= 0; axis--)
        {
            own[axis] = stride;
            stride *= source.Shape[axis];
        }

        sizes = [.. order.Select(axis => source.Shape[axis])];
        strides = [.. order.Select(axis => own[axis])];
        bytes = new Lazy<byte[]>(() =>
        {
            var all = new byte[source.Elements * source.DType.ItemSize()];
            source.Data!.CopyElements(0, all);
            return all;
        });
    }

    public static TensorEntry Of(string name, TensorEntry source, IReadOnlyList<int> order)
    {
        if (!order.Order().SequenceEqual(Enumerable.Range(0, source.Shape.Count)))
        {
            throw new RemappingException(SafeText.Of($"{name} has another number of dimensions than its mapping orders"));
        }

        TensorValues.RequireWhole(source);
        var data = new PermutedTensor(source, order);
        return source with { Name = name, Shape = data.sizes, Data = data };
    }

    public void CopyElements(long first, Span<byte> destination)
    {
        var item = source.DType.ItemSize();
        for (var i = 0; i < destination.Length / item; i++)
        {
            var (rest, at) = (first + i, 0L);
            for (var axis = sizes.Length - 1; axis >= 0; axis--)
            {
                (rest, var index) = Math.DivRem(rest, sizes[axis]);
                at += index * strides[axis];
            }

            bytes.Value.AsSpan((int)(at * item), item).CopyTo(destination[(i * item)..]);
        }
    }
}

/// <summary>Tensors one after the other along the first dimension.</summary>
internal sealed class JoinedRows(TensorEntry[] parts) : ITensorData
{
    public static TensorEntry Of(string name, TensorEntry[] parts)
    {
        if (parts.Any(p => p.DType != parts[0].DType || p.Shape.Count == 0 || !p.Shape.Skip(1).SequenceEqual(parts[0].Shape.Skip(1))))
        {
            throw new RemappingException(SafeText.Of($"the parts of {name} do not fit each other"));
        }

        return parts[0] with
        {
            Name = name,
            Shape = [parts.Sum(p => p.Shape[0]), .. parts[0].Shape.Skip(1)],
            Elements = parts.Sum(p => p.Elements),
            Data = new JoinedRows(parts),
        };
    }

    public void CopyElements(long first, Span<byte> destination)
    {
        foreach (var part in parts)
        {
            if (first < part.Elements && !destination.IsEmpty)
            {
                var count = (int)Math.Min(part.Elements - first, destination.Length / part.DType.ItemSize()) * part.DType.ItemSize();
                part.Data!.CopyElements(first, destination[..count]);
                destination = destination[count..];
                first = part.Elements;
            }

            first -= part.Elements;
        }
    }
}

/// <summary>A range of a tensor's first dimension.</summary>
internal sealed class RowRange(ITensorData whole, long offset) : ITensorData
{
    public static TensorEntry Of(string name, TensorEntry whole, int first, IReadOnlyList<long> shape)
    {
        if (shape.Count == 0 || first < 0 || shape.Count != whole.Shape.Count || !shape.Skip(1).SequenceEqual(whole.Shape.Skip(1)) || shape[0] > whole.Shape[0] - first)
        {
            throw new RemappingException(SafeText.Of($"{name} is not a range of the first dimension of {whole.Name}"));
        }

        var row = shape.Skip(1).Aggregate(1L, (p, s) => p * s);
        return whole with { Name = name, Shape = shape, Elements = shape[0] * row, Data = new RowRange(whole.Data!, first * row) };
    }

    public void CopyElements(long first, Span<byte> destination) => whole.CopyElements(offset + first, destination);
}

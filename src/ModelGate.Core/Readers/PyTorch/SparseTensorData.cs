using ModelGate.Artifacts;
using ModelGate.Bytes;
using ModelGate.Syntax.Pickle.Values;

namespace ModelGate.Readers.PyTorch;

/// <summary>A sparse tensor read as the dense one that it stands for.</summary>
/// <param name="tensor">The description.</param>
/// <param name="values">The values.</param>
/// <param name="cells">Where each cell of values belongs; read when the first element is asked for, and as long as memory is not wanted.</param>
/// <param name="budget">Says how much memory there is.</param>
internal sealed class SparseTensorData(PickleTensor tensor, ITensorData values, SparseCells cells, ReadBudget budget) : ITensorData
{
    private readonly Lock gate = new();
    private readonly int item = tensor.Type.ItemSize();
    private readonly WeakReference<Cells?> loaded = new(null);

    /// <inheritdoc/>
    public void CopyElements(long first, Span<byte> destination)
    {
        destination.Clear();
        var (positions, bytes) = Load();
        var width = cells.Width;
        if (width == 0)
        {
            return;
        }

        var last = first + (destination.Length / item);
        var at = Array.BinarySearch(positions, first / width);
        for (var i = at < 0 ? ~at : at; i < positions.Length && positions[i] * width < last; i++)
        {
            var begin = Math.Max(first, positions[i] * width);
            var end = Math.Min(last, (positions[i] + 1) * width);
            var from = ((i * width) + begin - (positions[i] * width)) * item;
            bytes.AsSpan((int)from, (int)(end - begin) * item).CopyTo(destination[(int)((begin - first) * item)..]);
        }
    }

    private Cells Load()
    {
        lock (gate)
        {
            if (loaded.TryGetTarget(out var known))
            {
                return known;
            }

            var positions = cells.Read();
            budget.RequireMemory((Int128)2 * positions.Length * cells.Width * item);
            var width = (int)cells.Width;
            var given = new byte[checked(positions.Length * width * item)];
            values.CopyElements(0, given);
            var order = Enumerable.Range(0, positions.Length).ToArray();
            Array.Sort(positions, order);
            var (kept, ordered, count) = (positions, new byte[given.Length], 0);
            for (var i = 0; i < order.Length; i++)
            {
                var source = given.AsSpan(order[i] * width * item, width * item);
                // An index that occurs twice means the sum of its values.
                if (count > 0 && kept[count - 1] == positions[i])
                {
                    Sums.Add(ordered.AsSpan((count - 1) * width * item, width * item), source, tensor.Type);
                }
                else
                {
                    kept[count] = positions[i];
                    source.CopyTo(ordered.AsSpan(count++ * width * item));
                }
            }

            var dense = new Cells(count == kept.Length ? kept : kept[..count], ordered);
            loaded.SetTarget(dense);
            return dense;
        }
    }

    private sealed record Cells(long[] Positions, byte[] Values);
}

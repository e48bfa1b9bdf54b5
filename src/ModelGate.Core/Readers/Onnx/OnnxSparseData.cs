using System.Runtime.InteropServices;
using ModelGate.Artifacts;
using ModelGate.Bytes;
using ModelGate.Faults;
using ModelGate.Readers.Elements;

namespace ModelGate.Readers.Onnx;

/// <summary>A sparse initializer, read as the dense tensor that it stands for.</summary>
internal sealed class OnnxSparseData : ITensorData
{
    private readonly TensorEntry values;
    private readonly TensorEntry indices;
    private readonly long[] shape;
    private readonly int item;
    private readonly ReadBudget budget;
    private readonly WeakReference<Cells?> loaded = new(null);

    private OnnxSparseData(TensorEntry values, TensorEntry indices, long[] shape, ReadBudget budget)
        => (this.values, this.indices, this.shape, this.budget, item) = (values, indices, shape, budget, values.DType.ItemSize());

    /// <summary>The dense tensor; it has the name of the values.</summary>
    /// <param name="values">The values that are not zero, in one dimension.</param>
    /// <param name="indices">Where they belong: one row-major index each, or one index for each dimension.</param>
    /// <param name="shape">The sizes of the dense tensor.</param>
    /// <param name="at">Where the description stands.</param>
    /// <param name="budget">Says how much memory there is.</param>
    /// <exception cref="ArtifactFault">Values and indices do not fit each other.</exception>
    public static TensorEntry Describe(TensorEntry values, TensorEntry indices, long[] shape, long at, ReadBudget budget)
    {
        var elements = TensorShapes.Elements(shape, values.Name, at);
        var fits = indices.Shape.Count == 1 || (indices.Shape.Count == 2 && indices.Shape[1] == shape.Length);
        if (values.Shape.Count != 1 || indices.DType != DType.Int64 || !fits || indices.Shape[0] != values.Shape[0] || values.DType == DType.String)
        {
            throw new ArtifactFault(FaultReason.Sparse, SafeText.Of($"values and indices of the sparse tensor {values.Name} do not fit each other"), at);
        }

        return values with { Shape = shape, Elements = elements, Data = new OnnxSparseData(values, indices, shape, budget) };
    }

    /// <inheritdoc/>
    public void CopyElements(long first, Span<byte> destination)
    {
        var (places, bytes) = Load();
        destination.Clear();
        var found = Array.BinarySearch(places, first);
        for (var i = found < 0 ? ~found : found; i < places.Length && places[i] < first + (destination.Length / item); i++)
        {
            bytes.AsSpan(i * item, item).CopyTo(destination[(int)((places[i] - first) * item)..]);
        }
    }

    private Cells Load()
    {
        if (loaded.TryGetTarget(out var known))
        {
            return known;
        }

        budget.RequireMemory(((Int128)sizeof(long) * (indices.Elements + values.Elements)) + ((Int128)values.Elements * item));
        var numbers = new long[indices.Elements];
        indices.Data!.CopyElements(0, MemoryMarshal.AsBytes(numbers.AsSpan()));
        var bytes = new byte[values.Elements * item];
        values.Data!.CopyElements(0, bytes);
        var places = new long[values.Elements];
        var width = indices.Shape.Count == 1 ? 1 : shape.Length;
        for (var i = 0; i < places.Length; i++)
        {
            places[i] = Place(numbers.AsSpan(i * width, width));

            // ONNX wants them in order, each once.
            if (i > 0 && places[i] <= places[i - 1])
            {
                throw Bad();
            }
        }

        var cells = new Cells(places, bytes);
        loaded.SetTarget(cells);
        return cells;
    }

    private long Place(ReadOnlySpan<long> index)
    {
        if (indices.Shape.Count == 1)
        {
            return index[0] >= 0 && index[0] < TensorShapes.Elements(shape, values.Name) ? index[0] : throw Bad();
        }

        var place = 0L;
        for (var d = 0; d < index.Length; d++)
        {
            place = index[d] >= 0 && index[d] < shape[d] ? (place * shape[d]) + index[d] : throw Bad();
        }

        return place;
    }

    private sealed record Cells(long[] Places, byte[] Values);

    private ArtifactFault Bad() => new(FaultReason.SparseIndex, SafeText.Of($"an index of the sparse tensor {values.Name} lies outside of it, or out of order"));
}

using ModelGate.Artifacts;
using ModelGate.Bytes;
using ModelGate.Faults;
using ModelGate.Syntax.Pickle.Values;

namespace ModelGate.Readers.PyTorch;

/// <summary>The places of a sparse tensor's values in the dense tensor, worked out from its indices.</summary>
/// <param name="tensor">The description.</param>
/// <param name="indices">The indices, or the compressed ones.</param>
/// <param name="plain">The plain indices of a compressed layout.</param>
/// <param name="budget">Says how much memory there is.</param>
internal sealed class SparseCells(PickleTensor tensor, ITensorData indices, ITensorData? plain, ReadBudget budget)
{
    // The place of a cell, its rank while they are sorted, and the index that it was read from.
    private const int BytesPerCell = 32;

    private readonly PickleSparse sparse = tensor.Sparse!;

    /// <summary>How many elements stand together at each place: the product of the dense dimensions.</summary>
    public long Width => tensor.Shape[DenseFrom..].Aggregate(1L, (product, size) => product * size);

    private int Batch => sparse.Indices.Shape.Length - 1;

    private int DenseFrom => sparse.Plain is null ? (int)sparse.Indices.Shape[0] : Batch + 2;

    /// <summary>The places in the order of the values, in cells.</summary>
    /// <exception cref="ArtifactFault">Reason <c>sparse-index</c>: an index is outside of the tensor.</exception>
    public long[] Read() => sparse.Plain is null ? Coordinates() : Compressed();

    private long[] Coordinates()
    {
        var (dimensions, count) = ((int)sparse.Indices.Shape[0], sparse.Indices.Shape[1]);
        var all = Integers(sparse.Indices, indices);
        var positions = new long[count];
        for (var d = 0; d < dimensions; d++)
        {
            for (var i = 0; i < positions.Length; i++)
            {
                positions[i] = (positions[i] * tensor.Shape[d]) + Inside(all[(d * count) + i], tensor.Shape[d]);
            }
        }

        return positions;
    }

    private long[] Compressed()
    {
        var byRows = sparse.Layout is "sparse_csr" or "sparse_bsr";
        var isBlocked = sparse.Layout is "sparse_bsr" or "sparse_bsc";
        var (rows, columns) = (tensor.Shape[Batch], tensor.Shape[Batch + 1]);
        var (high, wide) = isBlocked ? (sparse.Values.Shape[Batch + 1], sparse.Values.Shape[Batch + 2]) : (1L, 1L);
        var count = sparse.Plain!.Shape[Batch];
        var lines = sparse.Indices.Shape[Batch] - 1;
        var compressed = Integers(sparse.Indices, indices);
        var across = Integers(sparse.Plain, plain!);
        var batches = tensor.Shape[..Batch].Aggregate(1L, (product, size) => product * size);
        Require(batches * count * high * wide);
        var positions = new long[batches * count * high * wide];
        var to = 0;
        for (var b = 0L; b < batches; b++)
        {
            var begin = Inside(compressed[b * (lines + 1)], 1);
            for (var line = 0L; line < lines; line++)
            {
                var end = compressed[(b * (lines + 1)) + line + 1];
                if (end < begin || end > count)
                {
                    throw Bad();
                }

                for (var i = begin; i < end; i++)
                {
                    var other = Inside(across[(b * count) + i], byRows ? columns / wide : rows / high);
                    var (row, column) = byRows ? (line, other) : (other, line);
                    for (var cell = 0L; cell < high * wide; cell++)
                    {
                        positions[to++] = (((b * rows) + (row * high) + (cell / wide)) * columns) + (column * wide) + (cell % wide);
                    }
                }

                begin = end;
            }

            if (begin != count)
            {
                throw Bad();
            }
        }

        return positions;
    }

    private long[] Integers(PickleTensor tensor, ITensorData data)
    {
        Require(tensor.Elements);
        var numbers = new long[tensor.Elements];
        if (tensor.Type == DType.Int64)
        {
            data.CopyElements(0, System.Runtime.InteropServices.MemoryMarshal.AsBytes(numbers.AsSpan()));
            return numbers;
        }

        var narrow = new int[tensor.Elements];
        data.CopyElements(0, System.Runtime.InteropServices.MemoryMarshal.AsBytes(narrow.AsSpan()));
        for (var i = 0; i < narrow.Length; i++)
        {
            numbers[i] = narrow[i];
        }

        return numbers;
    }

    private static long Inside(long index, long size) => index >= 0 && index < size ? index : throw Bad();

    private void Require(long cells)
    {
        budget.RequireMemory((Int128)BytesPerCell * cells);
    }

    private static ArtifactFault Bad() => new(FaultReason.SparseIndex, SafeText.Of($"an index of a sparse tensor lies outside of it"));
}

using ModelGate.Artifacts;
using ModelGate.Faults;
using ModelGate.Syntax.Pickle.Values;

namespace ModelGate.Syntax.Pickle.Calls;

/// <summary>The contract of sparse tensors: their parts must fit each other; the indices are checked when they are read.</summary>
internal static class TorchSparseCalls
{
    private const string Expected = "(layout, parts)";

    /// <summary>Describes the tensor.</summary>
    public static PickleTensor Sparse(PickleCall call)
    {
        call.Require(call.Arguments.Length == 2, Expected);
        var layout = call.Argument<PickleLayout>(0, Expected).Name;
        var data = call.Argument<PickleTuple>(1, Expected).Items;
        return layout switch
        {
            "sparse_coo" => Coordinates(call, layout, data),
            "sparse_csr" or "sparse_csc" or "sparse_bsr" or "sparse_bsc" => Compressed(call, layout, data),
            _ => throw call.Bad("a sparse layout"),
        };
    }

    /// <summary>Describes compressed rows as PyTorch 1.9 to 1.13 write them: by a function that knows no other layout.</summary>
    public static PickleTensor Rows(PickleCall call)
    {
        call.Require(call.Arguments.Length == 2 && call.Argument<PickleLayout>(0, Expected).Name == "sparse_csr", Expected);
        return Sparse(call);
    }

    private static PickleTensor Coordinates(PickleCall call, string layout, PickleValue[] data)
    {
        call.Require(data.Length is 3 or 4 && data[0] is PickleTensor && data[1] is PickleTensor && (data.Length == 3 || data[3] is PickleBool or PickleNone), "(indices, values, size)");
        var (indices, values) = ((PickleTensor)data[0], (PickleTensor)data[1]);
        var shape = TorchGeometry.Numbers(call, data[2], Expected);
        Require(
            call,
            indices.Type == DType.Int64 && indices.Shape.Length == 2 && indices.Shape[0] <= shape.Length && values.Shape.Length == 1 + shape.Length - indices.Shape[0]
            && values.Shape[0] == indices.Shape[1] && values.Shape.AsSpan(1).SequenceEqual(shape.AsSpan((int)indices.Shape[0])));
        return Tensor(call, shape, new PickleSparse(layout, indices, null, values));
    }

    private static PickleTensor Compressed(PickleCall call, string layout, PickleValue[] data)
    {
        call.Require(data.Length == 4 && data[0] is PickleTensor && data[1] is PickleTensor && data[2] is PickleTensor, "(compressed indices, plain indices, values, size)");
        var (compressed, plain, values) = ((PickleTensor)data[0], (PickleTensor)data[1], (PickleTensor)data[2]);
        var shape = TorchGeometry.Numbers(call, data[3], Expected);
        Require(call, compressed.Type is DType.Int32 or DType.Int64 && plain.Type == compressed.Type);
        var batch = compressed.Shape.Length - 1;
        var block = layout is "sparse_bsr" or "sparse_bsc" ? 2 : 0;
        Require(call, batch >= 0 && shape.Length >= batch + 2 && plain.Shape.Length == batch + 1 && values.Shape.Length == shape.Length - 1 + block);
        Require(call, values.Shape.AsSpan(0, batch + 1).SequenceEqual(plain.Shape) && shape.AsSpan(0, batch).SequenceEqual(compressed.Shape.AsSpan(0, batch)));
        Require(call, plain.Shape.AsSpan(0, batch).SequenceEqual(shape.AsSpan(0, batch)));
        Require(call, values.Shape.AsSpan(batch + 1 + block).SequenceEqual(shape.AsSpan(batch + 2)));
        var byRows = layout is "sparse_csr" or "sparse_bsr";
        var along = shape[batch + (byRows ? 0 : 1)];
        if (block > 0)
        {
            var (rows, columns) = (values.Shape[batch + 1], values.Shape[batch + 2]);
            Require(call, rows > 0 && columns > 0 && shape[batch] % rows == 0 && shape[batch + 1] % columns == 0);
            along /= byRows ? rows : columns;
        }

        Require(call, compressed.Shape[batch] == along + 1);
        return Tensor(call, shape, new PickleSparse(layout, compressed, plain, values));
    }

    private static PickleTensor Tensor(PickleCall call, long[] shape, PickleSparse sparse)
    {
        Require(call, sparse.Values is { Sparse: null, Quantizer: null } && sparse.Indices is { Sparse: null, Quantizer: null } && sparse.Plain is null or { Sparse: null, Quantizer: null });
        return new PickleTensor { Type = sparse.Values.Type, Shape = shape, Elements = TorchGeometry.Elements(call, shape), Sparse = sparse };
    }

    private static void Require(PickleCall call, bool condition)
    {
        if (!condition)
        {
            throw new ArtifactFault(FaultReason.SparseIndex, SafeText.Of($"the indices, values and size of a sparse tensor do not fit each other"), call.Offset);
        }
    }
}

using ModelGate.Artifacts;
using ModelGate.Bytes;
using ModelGate.Readers.Elements;
using ModelGate.Syntax.Pickle.Calls;
using ModelGate.Syntax.Pickle.Values;

namespace ModelGate.Readers.PyTorch;

/// <summary>Makes tensors readable.</summary>
/// <param name="resolve">Finds the bytes of a storage; null where the file holds none.</param>
/// <param name="budget">Says how much memory there is.</param>
internal sealed class TensorDataFactory(Func<PickleStorage, StorageBytes?> resolve, ReadBudget budget)
{
    private readonly Dictionary<PickleTensor, ITensorData> made = new(ReferenceEqualityComparer.Instance);

    /// <summary>The elements of a tensor; null where the file holds none.</summary>
    public ITensorData? Create(PickleTensor tensor)
    {
        if (made.TryGetValue(tensor, out var known))
        {
            return known;
        }

        var data = Make(tensor);
        if (data is not null)
        {
            made.Add(tensor, data);
        }

        return data;
    }

    private ITensorData? Make(PickleTensor tensor)
    {
        if (tensor.Inline is { } bytes)
        {
            return new BytesTensorData(bytes, tensor.Type.ItemSize());
        }

        if (tensor.Sparse is { } sparse)
        {
            return Create(sparse.Indices) is { } indices && Create(sparse.Values) is { } values && (sparse.Plain is null || Create(sparse.Plain) is not null)
                ? new SparseTensorData(tensor, values, new SparseCells(tensor, indices, sparse.Plain is null ? null : Create(sparse.Plain), budget), budget)
                : null;
        }

        if (tensor.Storage is null || resolve(tensor.Storage) is not { } storage)
        {
            return null;
        }

        var perByte = TorchQuantizedCalls.PerByte(tensor.Type);
        ITensorData data = perByte > 1
            ? new PackedTensorData(storage, 8 / perByte)
            : new StridedTensorData(storage, new TensorWindow(tensor.Offset, tensor.Shape, tensor.Strides), tensor.Type, tensor.Conjugated, tensor.Negated);
        return tensor.Quantizer is not { } quantizer
            ? data
            : new QuantizedTensorData(
                data, quantizer, quantizer.Scales is null ? null : Create(quantizer.Scales), quantizer.ZeroPoints is null ? null : Create(quantizer.ZeroPoints), budget);
    }
}

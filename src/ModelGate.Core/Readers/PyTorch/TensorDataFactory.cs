using System.Runtime.CompilerServices;
using ModelGate.Artifacts;
using ModelGate.Readers.Pickle;

namespace ModelGate.Readers.PyTorch;

/// <summary>Makes tensors readable.</summary>
/// <param name="resolve">Finds the bytes of a storage; null where the file holds none.</param>
internal sealed class TensorDataFactory(Func<PickleStorage, StorageBytes?> resolve)
{
    private readonly ConditionalWeakTable<PickleTensor, ITensorData> made = [];

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

        if (tensor.Storage is null || resolve(tensor.Storage) is not { } storage)
        {
            return null;
        }

        return new StridedTensorData(storage, new TensorWindow(tensor.Offset, tensor.Shape, tensor.Strides), tensor.Type, tensor.Conjugated, tensor.Negated);
    }
}

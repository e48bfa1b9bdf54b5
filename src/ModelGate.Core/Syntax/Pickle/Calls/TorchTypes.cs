using System.Collections.Frozen;
using ModelGate.Artifacts;
using ModelGate.Syntax.Pickle.Values;

namespace ModelGate.Syntax.Pickle.Calls;

/// <summary>PyTorch's names for element types and the storages of them.</summary>
internal static class TorchTypes
{
    private static readonly FrozenDictionary<string, DType> Storages = new Dictionary<string, DType>(StringComparer.Ordinal)
    {
        ["DoubleStorage"] = DType.Float64,
        ["FloatStorage"] = DType.Float32,
        ["HalfStorage"] = DType.Float16,
        ["BFloat16Storage"] = DType.BFloat16,
        ["LongStorage"] = DType.Int64,
        ["IntStorage"] = DType.Int32,
        ["ShortStorage"] = DType.Int16,
        ["CharStorage"] = DType.Int8,
        ["ByteStorage"] = DType.UInt8,
        ["BoolStorage"] = DType.Bool,
        ["ComplexDoubleStorage"] = DType.Complex128,
        ["ComplexFloatStorage"] = DType.Complex64,
        ["QInt8Storage"] = DType.QInt8,
        ["QUInt8Storage"] = DType.QUInt8,
        ["QInt32Storage"] = DType.QInt32,
        ["QUInt4x2Storage"] = DType.QUInt4x2,
        ["QUInt2x4Storage"] = DType.QUInt2x4,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, DType> Tensors = new Dictionary<string, DType>(StringComparer.Ordinal)
    {
        ["DoubleTensor"] = DType.Float64,
        ["FloatTensor"] = DType.Float32,
        ["HalfTensor"] = DType.Float16,
        ["BFloat16Tensor"] = DType.BFloat16,
        ["LongTensor"] = DType.Int64,
        ["IntTensor"] = DType.Int32,
        ["ShortTensor"] = DType.Int16,
        ["CharTensor"] = DType.Int8,
        ["ByteTensor"] = DType.UInt8,
        ["BoolTensor"] = DType.Bool,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Names of storage classes.</summary>
    public static IEnumerable<string> StorageNames => Storages.Keys;

    /// <summary>Names of the old tensor classes.</summary>
    public static IEnumerable<string> TensorNames => Tensors.Keys;

    /// <summary>Whether a name is that of a storage class, and of which element type; null is untyped.</summary>
    public static bool TryStorage(PickleGlobal global, out DType? type)
    {
        type = null;
        if (global.Module is "torch" or "torch.cuda" && Storages.TryGetValue(global.Member, out var found))
        {
            type = found;
            return true;
        }

        return global.Name is "torch.storage.UntypedStorage" or "torch.UntypedStorage";
    }

    /// <summary>The element type of an old tensor class.</summary>
    public static bool TryTensor(string member, out DType type) => Tensors.TryGetValue(member, out type);

    /// <summary>The element type that a name like <c>torch.float8_e5m2</c> stands for.</summary>
    public static bool TryType(PickleValue value, out DType type)
    {
        type = default;
        return value is PickleGlobal { Module: "torch" } global && DTypes.TryParse(global.Member, out type);
    }
}

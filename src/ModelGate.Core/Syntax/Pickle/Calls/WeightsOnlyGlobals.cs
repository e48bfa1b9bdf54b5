using System.Collections.Frozen;
using ModelGate.Faults;
using Op = ModelGate.Syntax.Pickle.PickleOpcode;

namespace ModelGate.Syntax.Pickle.Calls;

/// <summary>The names that torch.load(weights_only=True) finds without being told to, as of PyTorch 2.9.</summary>
/// <remarks>
/// torch/_weights_only_unpickler.py, <c>_get_allowed_globals</c> and <c>Unpickler._load</c>: its own names, and the element types, storages and tensor classes of
/// torch. A dtype goes by its full name: torch.float is pickled as torch.float32.
/// </remarks>
internal static class WeightsOnlyGlobals
{
    private static readonly FrozenSet<string> Names = List().ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The names of a file that would have to be allowed first, sorted ordinally; none where it is read as it is.</summary>
    public static IReadOnlyList<string> Missing(IEnumerable<GlobalUse> uses) => [.. uses.Select(u => u.Name).Where(n => !Names.Contains(n)).Order(StringComparer.Ordinal)];

    /// <summary>Whether its unpickler knows an opcode: those of protocol 2 that torch.save writes, and few others.</summary>
    public static bool Knows(byte opcode)
        => opcode is Op.NewObj or Op.Reduce or Op.Build or Op.Append or Op.Appends or Op.SetItem or Op.SetItems or Op.Mark or Op.Tuple or Op.Tuple1 or Op.Tuple2 or Op.Tuple3
            or Op.None or Op.NewFalse or Op.NewTrue or Op.EmptyTuple or Op.EmptyList or Op.EmptyDict or Op.EmptySet or Op.BinPersId or Op.BinInt or Op.BinInt1 or Op.BinInt2
            or Op.BinFloat or Op.BinGet or Op.LongBinGet or Op.BinPut or Op.LongBinPut or Op.BinUnicode or Op.ShortBinString or Op.Long1 or Op.Global or Op.Proto or Op.Stop;

    private static IEnumerable<string> List()
    {
        string[] own =
        [
            "collections.OrderedDict", "collections.Counter", "torch.nn.parameter.Parameter", "torch.serialization._get_layout", "torch.Size", "torch.Tensor", "torch.device",
            "_codecs.encode", "builtins.bytearray", "builtins.set", "builtins.complex", "torch._tensor._rebuild_from_type_v2",
        ];
        string[] rebuild =
        [
            "parameter", "parameter_with_state", "qtensor", "tensor", "tensor_v2", "tensor_v3", "sparse_tensor", "meta_tensor_no_storage", "wrapper_subclass",
            "device_tensor_from_numpy", "device_tensor_from_cpu_tensor",
        ];
        string[] types =
        [
            "float64", "float32", "float16", "int64", "int32", "int16", "int8", "uint8", "bool", "bfloat16", "complex128", "complex64", "qint8", "qint32", "quint8", "quint4x2", "quint2x4",
            "float8_e5m2", "float8_e4m3fn", "float8_e5m2fnuz", "float8_e4m3fnuz", "float8_e8m0fnu", "bits8", "bits16", "bits1x8", "bits2x4", "bits4x2", "complex32", "uint16", "uint32", "uint64",
            "per_tensor_affine", "per_tensor_symmetric", "per_channel_affine", "per_channel_symmetric", "per_channel_affine_float_qparams",
        ];
        string[] storages = ["torch.storage.TypedStorage", "torch.storage.UntypedStorage"];
        var tensors = TorchTypes.TensorNames.SelectMany(n => (string[])[$"torch.{n}", $"torch.cuda.{n}", $"torch.sparse.{n}", $"torch.cuda.sparse.{n}"]);
        return own
            .Concat(rebuild.Select(n => $"torch._utils._rebuild_{n}"))
            .Concat(types.Concat(Enumerable.Range(1, 7).SelectMany(n => (string[])[$"int{n}", $"uint{n}"])).Select(n => $"torch.{n}"))
            .Concat(storages)
            .Concat(TorchTypes.StorageNames.SelectMany(n => (string[])[$"torch.{n}", $"torch.cuda.{n}"]))
            .Concat(tensors);
    }
}

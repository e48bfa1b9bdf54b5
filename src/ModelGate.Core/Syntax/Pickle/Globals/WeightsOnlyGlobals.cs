using System.Collections.Frozen;
using ModelGate.Faults;

namespace ModelGate.Syntax.Pickle.Globals;

/// <summary>The names that torch.load(weights_only=True) finds without being told to, as of PyTorch 2.9.</summary>
/// <remarks>https://github.com/pytorch/pytorch/blob/main/torch/_weights_only_unpickler.py: <c>_get_allowed_globals</c>, with the dtypes, storages and tensor classes that it adds.</remarks>
internal static class WeightsOnlyGlobals
{
    private static readonly FrozenSet<string> Names = new[]
    {
        "collections.OrderedDict", "collections.Counter", "collections.defaultdict", "torch.nn.parameter.Parameter", "torch.nn.parameter.Buffer", "torch.nn.parameter.UninitializedParameter",
        "torch.nn.parameter.UninitializedBuffer", "torch.serialization._get_layout", "torch.Size", "torch.Tensor", "torch.device", "_codecs.encode", "builtins.bytearray", "builtins.set", "builtins.complex",
        "torch.storage.TypedStorage", "torch.storage.UntypedStorage", "torch.storage._LegacyStorage",
        "torch.per_tensor_affine", "torch.per_channel_affine", "torch.per_tensor_symmetric", "torch.per_channel_symmetric", "torch.per_channel_affine_float_qparams",
        "torch._utils._rebuild_parameter", "torch._utils._rebuild_parameter_with_state", "torch._utils._rebuild_qtensor", "torch._utils._rebuild_tensor", "torch._utils._rebuild_tensor_v2",
        "torch._utils._rebuild_tensor_v3", "torch._utils._rebuild_sparse_tensor", "torch._utils._rebuild_meta_tensor_no_storage", "torch._utils._rebuild_nested_tensor", "torch._utils._rebuild_wrapper_subclass",
        "torch._utils._rebuild_device_tensor_from_numpy", "torch._utils._rebuild_device_tensor_from_cpu_tensor", "torch._tensor._rebuild_from_type_v2", "torch._subclasses.fake_tensor.FakeTensor",
        "torch.utils.hooks._wrap_type",
        "torch.float32", "torch.float", "torch.float64", "torch.double", "torch.float16", "torch.half", "torch.bfloat16", "torch.complex32", "torch.chalf", "torch.complex64", "torch.cfloat", "torch.complex128",
        "torch.cdouble", "torch.uint8", "torch.uint16", "torch.uint32", "torch.uint64", "torch.int8", "torch.int16", "torch.short", "torch.int32", "torch.int", "torch.int64", "torch.long", "torch.bool", "torch.quint8",
        "torch.qint8", "torch.qint32", "torch.quint4x2", "torch.quint2x4", "torch.bits1x8", "torch.bits2x4", "torch.bits4x2", "torch.bits8", "torch.bits16", "torch.float8_e4m3fn", "torch.float8_e5m2",
        "torch.float8_e4m3fnuz", "torch.float8_e5m2fnuz", "torch.float8_e8m0fnu", "torch.float4_e2m1fn_x2",
        "torch.FloatStorage", "torch.DoubleStorage", "torch.HalfStorage", "torch.BFloat16Storage", "torch.LongStorage", "torch.IntStorage", "torch.ShortStorage", "torch.CharStorage", "torch.ByteStorage",
        "torch.BoolStorage", "torch.ComplexFloatStorage", "torch.ComplexDoubleStorage", "torch.QUInt8Storage", "torch.QInt8Storage", "torch.QInt32Storage", "torch.QUInt4x2Storage", "torch.QUInt2x4Storage",
        "torch.FloatTensor", "torch.DoubleTensor", "torch.HalfTensor", "torch.BFloat16Tensor", "torch.LongTensor", "torch.IntTensor", "torch.ShortTensor", "torch.CharTensor", "torch.ByteTensor", "torch.BoolTensor",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The names of a file that would have to be allowed first, sorted ordinally; none where it is read as it is.</summary>
    public static IReadOnlyList<string> Missing(IEnumerable<GlobalUse> uses) => [.. uses.Select(u => u.Name).Where(n => !Names.Contains(n)).Order(StringComparer.Ordinal)];
}

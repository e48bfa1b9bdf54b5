using ModelGate.Artifacts;
using ModelGate.Faults;
using ModelGate.Syntax.Pickle.Values;

namespace ModelGate.Syntax.Pickle.Calls;

/// <summary>PyTorch's rebuild functions and the contracts of their arguments.</summary>
internal static class TorchCalls
{
    private const string TensorArguments = "(storage, offset, size, stride, requires_grad, hooks)";

    /// <summary>The names.</summary>
    public static IEnumerable<KeyValuePair<string, AllowedGlobal>> All { get; } = Build();

    private static Dictionary<string, AllowedGlobal> Build()
    {
        var all = new Dictionary<string, AllowedGlobal>
        {
            ["torch._utils._rebuild_tensor"] = new() { Call = call => Strided(call, 4, 4) },
            ["torch._utils._rebuild_tensor_v2"] = new() { Call = call => Strided(call, 6, 7) },
            ["torch._utils._rebuild_tensor_v3"] = new() { Call = TensorV3 },
            ["torch._utils._rebuild_parameter"] = new() { Call = call => Parameter(call, 3) },
            ["torch._utils._rebuild_parameter_with_state"] = new() { Call = call => Parameter(call, 4) },
            ["torch._utils._rebuild_qtensor"] = new() { Call = TorchQuantizedCalls.Quantized },
            ["torch._utils._rebuild_sparse_tensor"] = new() { Call = TorchSparseCalls.Sparse },
            ["torch._utils._rebuild_sparse_csr_tensor"] = new() { Call = TorchSparseCalls.Rows },
            ["torch._utils._rebuild_nested_tensor"] = new() { Call = TorchNestedCalls.Strided },
            ["torch._utils._rebuild_meta_tensor_no_storage"] = new() { Call = TorchWrappedCalls.Meta },
            ["torch._utils._rebuild_wrapper_subclass"] = new() { Call = TorchWrappedCalls.Wrapper },
            ["torch._utils._rebuild_device_tensor_from_numpy"] = new() { Call = TorchWrappedCalls.FromNumpy },
            ["torch._utils._rebuild_xla_tensor"] = new() { Call = TorchWrappedCalls.FromNumpy },
            ["torch._utils._rebuild_device_tensor_from_cpu_tensor"] = new() { Call = TorchWrappedCalls.FromTensor },
            ["torch._tensor._rebuild_from_type_v2"] = new() { Call = TorchWrappedCalls.FromType },
            ["torch.nested._internal.nested_tensor._rebuild_njt"] = new() { Call = TorchNestedCalls.Jagged },
            ["torch.nested._internal.nested_tensor.NestedTensor"] = new(),
            ["torch._dynamo.decorators._DimRange"] = new() { New = call => new PickleObject(call.Target, new PickleTuple(call.Arguments, call.Budget)) },
            ["torch.nn.parameter.Parameter"] = new() { New = call => new PickleUnbuiltTensor(null) },
            ["torch.nn.parameter.Buffer"] = new(),
            ["torch.Tensor"] = new() { New = call => new PickleUnbuiltTensor(DType.Float32) },
            ["torch.serialization._get_layout"] = new() { Call = Layout },
            ["torch.Size"] = new() { Call = Size, New = Size },
            ["torch.device"] = new() { Call = Device },
            ["torch.UntypedStorage"] = new(),
            ["torch.storage.UntypedStorage"] = new(),
            ["torch.storage.TypedStorage"] = new(),
        };
        foreach (var name in TorchTypes.StorageNames)
        {
            all[$"torch.{name}"] = new();
            all[$"torch.cuda.{name}"] = new();
        }

        foreach (var name in TorchTypes.TensorNames)
        {
            _ = TorchTypes.TryTensor(name, out var type);
            all[$"torch.{name}"] = all[$"torch.cuda.{name}"] = new() { New = _ => new PickleUnbuiltTensor(type) };
            all[$"torch.sparse.{name}"] = all[$"torch.cuda.sparse.{name}"] = new();
        }

        foreach (var type in DTypes.All)
        {
            all[$"torch.{type.Name()}"] = new();
        }

        foreach (var bits in Enumerable.Range(1, 7))
        {
            all[$"torch.uint{bits}"] = all[$"torch.int{bits}"] = new();
        }

        foreach (var scheme in (string[])["per_tensor_affine", "per_tensor_symmetric", "per_channel_affine", "per_channel_symmetric", "per_channel_affine_float_qparams"])
        {
            all[$"torch.{scheme}"] = new();
        }

        return all;
    }

    /// <summary>The tensor over a typed storage.</summary>
    public static PickleTensor Window(PickleCall call, PickleStorage storage, DType type, PickleValue offset, PickleValue size, PickleValue stride, PickleValue? metadata)
    {
        call.Require(offset is PickleInt, TensorArguments);
        var first = ((PickleInt)offset).Value;
        if (first < 0)
        {
            throw new ArtifactFault(FaultReason.OutOfRange, SafeText.Of($"a tensor begins at the negative offset {first}"), call.Offset);
        }

        var shape = TorchGeometry.Numbers(call, size, TensorArguments);
        var strides = TorchGeometry.Numbers(call, stride, TensorArguments);
        var elements = TorchGeometry.Elements(call, shape);
        TorchGeometry.RequireInside(call, storage, first, shape, strides, type.ItemSize());
        return new PickleTensor
        {
            Type = type,
            Shape = shape,
            Strides = strides,
            Elements = elements,
            Offset = first,
            Storage = storage,
            Conjugated = Bit(call, metadata, "conj"),
            Negated = Bit(call, metadata, "neg"),
        };
    }

    /// <summary>Hooks are saved as an empty OrderedDict, or as None.</summary>
    public static void RequireHooks(PickleCall call, PickleValue hooks)
        => call.Require(hooks is PickleNone or PickleDict { Entries.Count: 0 } or PickleTuple { Items.Length: 0 }, "no hooks");

    private static PickleTensor Strided(PickleCall call, int least, int most)
    {
        var arguments = call.Arguments;
        call.Require(arguments.Length >= least && arguments.Length <= most, TensorArguments);
        var storage = call.Argument<PickleStorage>(0, TensorArguments);
        call.Require(storage.Type is not null, "a typed storage");
        if (arguments.Length > 4)
        {
            call.Require(arguments[4] is PickleBool, TensorArguments);
            RequireHooks(call, arguments[5]);
        }

        return Window(call, storage, storage.Type!.Value, arguments[1], arguments[2], arguments[3], arguments.Length > 6 ? arguments[6] : null);
    }

    private static PickleTensor TensorV3(PickleCall call)
    {
        const string Expected = "(storage, offset, size, stride, requires_grad, hooks, dtype)";
        var arguments = call.Arguments;
        call.Require(arguments.Length is 7 or 8 && arguments[4] is PickleBool, Expected);
        RequireHooks(call, arguments[5]);
        var storage = call.Argument<PickleStorage>(0, Expected);
        call.Require(TorchTypes.TryType(arguments[6], out var type) && (storage.Type is null or DType.UInt8 || storage.Type == type), Expected);
        return Window(call, storage, type, arguments[1], arguments[2], arguments[3], arguments.Length > 7 ? arguments[7] : null);
    }

    private static bool Bit(PickleCall call, PickleValue? metadata, string name)
    {
        if (metadata is null or PickleNone)
        {
            return false;
        }

        call.Require(
            metadata is PickleDict dict && dict.Entries.All(e => e is { Key: PickleText { Value: "conj" or "neg" }, Value: PickleBool }), "conj and neg as truth values");
        return ((PickleDict)metadata).Find(name) is PickleBool { Value: true };
    }

    private static PickleValue Parameter(PickleCall call, int count)
    {
        const string Expected = "(tensor, requires_grad, hooks)";
        call.Require(call.Arguments.Length == count && call.Arguments[1] is PickleBool, Expected);
        RequireHooks(call, call.Arguments[2]);
        return call.Arguments[0] is PickleTensor or PickleUnbuiltTensor or PickleNestedTensor or PickleOpaque or PickleObject ? call.Arguments[0] : throw call.Bad(Expected);
    }

    private static PickleLayout Layout(PickleCall call)
    {
        const string Expected = "a layout's name";
        var name = call.Arguments.Length == 1 ? call.Argument<PickleText>(0, Expected).Value : throw call.Bad(Expected);
        call.Require(name is "torch.strided" or "torch.sparse_coo" or "torch.sparse_csr" or "torch.sparse_csc" or "torch.sparse_bsr" or "torch.sparse_bsc" or "torch._mkldnn" or "torch.jagged", Expected);
        return new PickleLayout(name[6..]);
    }

    private static PickleTuple Size(PickleCall call)
    {
        const string Expected = "a tuple of integers";
        var items = call.Arguments.Length == 1 ? call.Argument<PickleTuple>(0, Expected) : throw call.Bad(Expected);
        call.Require(items.Items.All(i => i is PickleInt), Expected);
        return items;
    }

    private static PickleOpaque Device(PickleCall call)
    {
        call.Require(call.Arguments is [PickleText] or [PickleText, PickleInt or PickleNone], "a kind and an index");
        return new PickleOpaque("torch.device");
    }
}

using ModelGate.Syntax.Pickle.Values;

namespace ModelGate.Syntax.Pickle.Calls;

/// <summary>Rebuild functions for tensors that are only described, or come from somewhere else.</summary>
internal static class TorchWrappedCalls
{
    /// <summary>A tensor without a storage.</summary>
    public static PickleTensor Meta(PickleCall call)
    {
        const string Expected = "(dtype, size, stride, requires_grad)";
        call.Require(call.Arguments.Length == 4 && call.Arguments[3] is PickleBool, Expected);
        return Described(call, 0, 1, Expected);
    }

    /// <summary>A subclass that wraps others: its own elements are nowhere.</summary>
    public static PickleTensor Wrapper(PickleCall call)
    {
        const string Expected = "(class, dtype, size, stride, offset, layout, device, requires_grad)";
        call.Require(
            call.Arguments.Length == 8 && call.Arguments[0] is PickleGlobal && call.Arguments[4] is PickleInt && call.Arguments[5] is PickleLayout
            && call.Arguments[6] is PickleOpaque { Kind: "torch.device" } && call.Arguments[7] is PickleBool,
            Expected);
        return Described(call, 1, 2, Expected);
    }

    private static PickleTensor Described(PickleCall call, int type, int size, string expected)
    {
        call.Require(TorchTypes.TryType(call.Arguments[type], out var found), expected);
        var shape = TorchGeometry.Numbers(call, call.Arguments[size], expected);
        var strides = TorchGeometry.Numbers(call, call.Arguments[size + 1], expected);
        call.Require(strides.Length == shape.Length, expected);
        return new PickleTensor { Type = found, Shape = shape, Elements = TorchGeometry.Elements(call, shape), Strides = strides };
    }

    /// <summary>A tensor of another device, kept as an array.</summary>
    public static PickleTensor FromNumpy(PickleCall call)
    {
        const string Expected = "(array, dtype, device, requires_grad)";
        call.Require(call.Arguments.Length == 4 && call.Arguments[2] is PickleText && call.Arguments[3] is PickleBool && TorchTypes.TryType(call.Arguments[1], out _), Expected);
        _ = TorchTypes.TryType(call.Arguments[1], out var type);
        var array = call.Argument<PickleNumpyArray>(0, Expected);
        call.Require(array is { Type: not null, Bytes: not null } && NumpyTypes.TryParse(array.Type!.Code, out _), Expected);
        _ = NumpyTypes.TryParse(array.Type!.Code, out var stored);
        call.Require(stored == type, "an array of that dtype");
        call.Budget.Keep(2L * array.Bytes!.Length);
        call.Budget.Step(array.Bytes.Length);
        return new PickleTensor { Type = type, Shape = array.Shape, Elements = TorchGeometry.Elements(call, array.Shape), Inline = NumpyTypes.RowMajor(array, stored) };
    }

    /// <summary>A tensor of another device, kept as a tensor.</summary>
    public static PickleTensor FromTensor(PickleCall call)
    {
        const string Expected = "(tensor, dtype, device, requires_grad)";
        call.Require(call.Arguments.Length == 4 && call.Arguments[2] is PickleText && call.Arguments[3] is PickleBool && TorchTypes.TryType(call.Arguments[1], out _), Expected);
        _ = TorchTypes.TryType(call.Arguments[1], out var type);
        var tensor = call.Argument<PickleTensor>(0, Expected);
        call.Require(tensor.Type == type, "a tensor of that dtype");
        return tensor;
    }

    /// <summary>A tensor with a class of its own. The function to call is an argument, and held to the same list as one that is called in the open.</summary>
    public static PickleValue FromType(PickleCall call)
    {
        const string Expected = "(rebuild function, type, arguments, state)";
        call.Require(call.Arguments.Length == 4, Expected);
        var function = call.Argument<PickleGlobal>(0, Expected);
        var arguments = call.Argument<PickleTuple>(2, Expected);
        call.Require(call.Arguments[1] is PickleGlobal && call.Arguments[3] is PickleNone or PickleDict or PickleTuple { Items.Length: 2 }, Expected);
        var allowed = AllowedGlobals.Find(function);
        call.Require(allowed?.Call is not null && function.Member.StartsWith("_rebuild_", StringComparison.Ordinal) && function.Member != "_rebuild_from_type_v2", Expected);
        return allowed!.Call!(call with { Target = function, Arguments = arguments.Items });
    }
}

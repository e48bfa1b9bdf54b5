using ModelGate.Artifacts;
using ModelGate.Faults;
using ModelGate.Syntax.Pickle.Values;

namespace ModelGate.Syntax.Pickle.Calls;

/// <summary>The contract of quantized tensors.</summary>
internal static class TorchQuantizedCalls
{
    private const string Expected = "(storage, offset, size, stride, quantizer, requires_grad, hooks)";

    /// <summary>Describes the tensor.</summary>
    public static PickleTensor Quantized(PickleCall call)
    {
        var arguments = call.Arguments;
        call.Require(arguments.Length == 7 && arguments[5] is PickleBool && arguments[4] is PickleTuple, Expected);
        TorchCalls.RequireHooks(call, arguments[6]);
        var storage = call.Argument<PickleStorage>(0, Expected);
        call.Require(storage.Type is DType.QInt8 or DType.QUInt8 or DType.QInt32 or DType.QUInt4x2 or DType.QUInt2x4, Expected);
        var type = storage.Type!.Value;
        var shape = TorchGeometry.Numbers(call, arguments[2], Expected);
        var strides = TorchGeometry.Numbers(call, arguments[3], Expected);
        var offset = TorchGeometry.Number(call, 1, Expected);
        var elements = TorchGeometry.Elements(call, shape);
        if (PerByte(type) is var perByte and > 1)
        {
            RequirePacked(call, storage, shape, strides, offset, elements, perByte);
        }
        else
        {
            TorchGeometry.RequireInside(call, storage, offset, shape, strides, type.ItemSize());
        }

        return new PickleTensor
        {
            Type = type,
            Shape = shape,
            Strides = strides,
            Elements = elements,
            Offset = offset,
            Storage = storage,
            Quantizer = Quantizer(call, ((PickleTuple)arguments[4]).Items, shape),
        };
    }

    /// <summary>How many values stand in a byte.</summary>
    public static int PerByte(DType type) => type switch
    {
        DType.QUInt4x2 => 2,
        DType.QUInt2x4 => 4,
        _ => 1,
    };

    // Packed values stand flat, row by row over the whole tensor: only such tensors have a meaning.
    private static void RequirePacked(PickleCall call, PickleStorage storage, long[] shape, long[] strides, long offset, long elements, int perByte)
    {
        call.Require(shape.Length == strides.Length && offset == 0, "a packed tensor from the start of its storage");
        long expected = 1;
        for (var i = shape.Length - 1; i >= 0 && elements > 0; i--)
        {
            call.Require(shape[i] == 1 || strides[i] == expected, "a packed tensor that is contiguous");
            expected *= shape[i];
        }

        if ((elements / perByte) + (elements % perByte == 0 ? 0 : 1) > storage.Bytes)
        {
            throw new ArtifactFault(FaultReason.OutOfRange, SafeText.Of($"a packed tensor of {SafeText.Count(elements, "value")} lies in a storage of {SafeText.Count(storage.Bytes, "byte")}"), call.Offset);
        }
    }

    private static PickleQuantizer Quantizer(PickleCall call, PickleValue[] given, long[] shape)
    {
        switch (given)
        {
            case [PickleGlobal { Name: "torch.per_tensor_affine" }, PickleFloat scale, PickleInt zero]:
                return new PickleQuantizer(scale.Value, zero.Value, null, null, 0);
            case [PickleGlobal { Name: "torch.per_channel_affine" or "torch.per_channel_affine_float_qparams" }, PickleTensor scales, PickleTensor zeros, PickleInt axis]:
                call.Require(axis.Value >= 0 && axis.Value < shape.Length, "an axis within the rank");
                call.Require(
                    scales.Shape is [var count] && zeros.Shape is [var count2] && count == count2 && count == shape[axis.Value]
                    && scales.Type is DType.Float64 or DType.Float32 && zeros.Type is DType.Int64 or DType.Int32 or DType.Float32,
                    "a scale and a zero point for every index of the axis");
                return new PickleQuantizer(0, 0, scales, zeros, (int)axis.Value);
            default:
                throw call.Bad("(scheme, scale, zero point) or (scheme, scales, zero points, axis)");
        }
    }
}

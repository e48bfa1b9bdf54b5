using ModelGate.Syntax.Pickle.Values;

namespace ModelGate.Syntax.Pickle.Calls;

/// <summary>Nested tensors: lists of tensors of different length. They have no single shape, so they are known and not listed.</summary>
internal static class TorchNestedCalls
{
    private static readonly string[] Members = ["values", "offsets", "lengths", "_ragged_idx", "_metadata_cache", "requires_grad"];

    /// <summary>The old kind, over one buffer.</summary>
    public static PickleNestedTensor Strided(PickleCall call)
    {
        call.Require(call.Arguments.Length == 4 && call.Arguments.All(a => a is PickleTensor), "(buffer, sizes, strides, offsets)");
        return new PickleNestedTensor();
    }

    /// <summary>The jagged kind.</summary>
    public static PickleNestedTensor Jagged(PickleCall call)
    {
        call.Require(
            call.Arguments is [PickleDict dict] && dict.Entries.All(e => e.Key is PickleText name && Members.Contains(name.Value, StringComparer.Ordinal))
            && dict.Find("values") is PickleTensor && dict.Find("offsets") is PickleTensor,
            "a dict of values and offsets");
        return new PickleNestedTensor();
    }
}

/// <summary>A nested tensor.</summary>
internal sealed class PickleNestedTensor : PickleValue
{
    /// <inheritdoc/>
    public override string Kind => "a nested tensor";
}

/// <summary>An empty tensor of an old class, before BUILD gives it its storage.</summary>
internal sealed class PickleUnbuiltTensor(ModelGate.Artifacts.DType? type) : PickleValue
{
    /// <summary>The element type that its class promises.</summary>
    public ModelGate.Artifacts.DType? Type { get; } = type;

    /// <summary>The tensor, once it was built.</summary>
    public PickleTensor? Tensor { get; set; }

    /// <inheritdoc/>
    public override string Kind => "a tensor";
}

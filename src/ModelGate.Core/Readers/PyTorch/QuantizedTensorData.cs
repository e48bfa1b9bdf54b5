using ModelGate.Artifacts;
using ModelGate.Bytes;
using ModelGate.Faults;
using ModelGate.Syntax.Pickle.Values;

namespace ModelGate.Readers.PyTorch;

/// <summary>The integers of a quantized tensor.</summary>
/// <param name="integers">The integers.</param>
/// <param name="quantizer">How they become numbers.</param>
/// <param name="scales">The scales of each index, where they differ.</param>
/// <param name="zeroPoints">The zero points of each index.</param>
/// <param name="budget">Says how much memory there is.</param>
internal sealed class QuantizedTensorData(ITensorData integers, PickleQuantizer quantizer, ITensorData? scales, ITensorData? zeroPoints, ReadBudget budget) : IQuantizedData
{
    private Quantization? quantization;

    /// <inheritdoc/>
    public Quantization Quantization => quantization ??= quantizer.Scales is null
        ? new Quantization([quantizer.Scale], [quantizer.ZeroPoint], -1)
        : new Quantization(Numbers(quantizer.Scales, scales), Numbers(quantizer.ZeroPoints!, zeroPoints), quantizer.Axis);

    /// <inheritdoc/>
    public void CopyElements(long first, Span<byte> destination) => integers.CopyElements(first, destination);

    private double[] Numbers(PickleTensor tensor, ITensorData? data)
    {
        budget.RequireMemory((Int128)tensor.Elements * (tensor.Type.ItemSize() + sizeof(double)));
        var bytes = new byte[checked((int)(tensor.Elements * tensor.Type.ItemSize()))];
        (data ?? throw new ArtifactFault(FaultReason.MissingRecord, SafeText.Of($"the scales of a quantized tensor were saved without their values"))).CopyElements(0, bytes);
        var numbers = new double[tensor.Elements];
        TensorNumbers.Decode(tensor.Type, bytes, numbers);
        return numbers;
    }
}

namespace ModelGate.Artifacts;

/// <summary>How stored integers become numbers: (integer − zero point) × scale, in single precision as PyTorch does it.</summary>
/// <param name="Scales">One scale, or one for every index of the axis.</param>
/// <param name="ZeroPoints">As many zero points.</param>
/// <param name="Axis">The dimension along which they differ; -1 where one scale holds for the whole tensor.</param>
internal sealed record Quantization(IReadOnlyList<double> Scales, IReadOnlyList<double> ZeroPoints, int Axis);

/// <summary>The elements of a quantized tensor: its integers, one element each even where the file packs several into a byte.</summary>
internal interface IQuantizedData : ITensorData
{
    /// <summary>How the integers become numbers.</summary>
    Quantization Quantization { get; }
}

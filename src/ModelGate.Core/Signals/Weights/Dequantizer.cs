using ModelGate.Artifacts;

namespace ModelGate.Signals.Weights;

/// <summary>Turns the integers of a quantized tensor into the numbers that they stand for.</summary>
internal sealed class Dequantizer
{
    private readonly float[] scales;
    private readonly float[] zeroPoints;
    private readonly long inner;

    /// <summary>Prepares for a tensor of a shape.</summary>
    public Dequantizer(Quantization quantization, IReadOnlyList<long> shape)
    {
        scales = [.. quantization.Scales.Select(s => (float)s)];
        zeroPoints = [.. quantization.ZeroPoints.Select(z => (float)z)];
        inner = quantization.Axis < 0 ? long.MaxValue : shape.Skip(quantization.Axis + 1).Aggregate(1L, (product, size) => product * size);
    }

    /// <summary>Dequantizes integers in place, in single precision as PyTorch does.</summary>
    /// <param name="first">The row-major index of the first.</param>
    /// <param name="numbers">The integers, then the numbers.</param>
    public void Apply(long first, Span<double> numbers)
    {
        for (var i = 0; i < numbers.Length; i++)
        {
            var channel = (first + i) / inner % scales.Length;
            numbers[i] = ((float)numbers[i] - zeroPoints[channel]) * scales[channel];
        }
    }
}

using System.Buffers;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using ModelGate.Artifacts;

namespace ModelGate.Signals.Weights;

/// <summary>The statistics of every tensor of the state_dict, or of the whole file.</summary>
/// <param name="OnlyWeights">Whether tensors outside of the state_dict, such as the optimizer's, are left out.</param>
internal sealed record StatisticsMeasure(bool OnlyWeights = true) : WeightMeasure<WeightStatistics>
{
    /// <inheritdoc/>
    public override WeightMeter Begin(Checkpoint checkpoint) => new Meter(OnlyWeights);

    private sealed class Meter(bool onlyWeights) : WeightMeter
    {
        private readonly List<(string Name, TensorStatistics Statistics)> measured = [];
        private Moments moments = new();
        private Dequantizer? dequantizer;
        private TensorEntry tensor = null!;
        private string name = "";
        private long repeats;

        public override bool NeedsOrder => false;

        // A quantized tensor's scale belongs to the index, so its order matters; it is read in its own order in any case.
        public override bool Wants(string? name, TensorEntry tensor)
            => (name is not null || !onlyWeights) && TensorNumbers.PerElement(tensor.DType) > 0;

        public override void Begin(string? name, TensorEntry tensor, long repeats)
        {
            (this.name, this.tensor, this.repeats, moments) = (name ?? tensor.Name, tensor, repeats, new Moments());
            dequantizer = tensor.Data is IQuantizedData quantized ? new Dequantizer(quantized.Quantization, tensor.Shape) : null;
        }

        public override void Add(long first, ReadOnlySpan<byte> elements)
        {
            if (dequantizer is null && AddSingles(elements))
            {
                return;
            }

            var count = elements.Length / tensor.DType.ItemSize() * TensorNumbers.PerElement(tensor.DType);
            var numbers = ArrayPool<double>.Shared.Rent(count);
            try
            {
                TensorNumbers.Decode(tensor.DType, elements, numbers.AsSpan(0, count));
                dequantizer?.Apply(first, numbers.AsSpan(0, count));
                moments.Add(numbers.AsSpan(0, count));
            }
            finally
            {
                ArrayPool<double>.Shared.Return(numbers);
            }
        }

        public override void End() => measured.Add((name, moments.Finish(repeats)));

        public override object Finish() => new WeightStatistics(measured);

        // Most weights are numbers that single precision holds exactly.
        private bool AddSingles(ReadOnlySpan<byte> elements)
        {
            if (tensor.DType == DType.Float32)
            {
                return moments.TryAdd(MemoryMarshal.Cast<byte, float>(elements));
            }

            if (tensor.DType != DType.Float16)
            {
                return false;
            }

            var halves = MemoryMarshal.Cast<byte, Half>(elements);
            var singles = ArrayPool<float>.Shared.Rent(halves.Length);
            try
            {
                TensorPrimitives.ConvertToSingle(halves, singles.AsSpan(0, halves.Length));
                return moments.TryAdd(singles.AsSpan(0, halves.Length));
            }
            finally
            {
                ArrayPool<float>.Shared.Return(singles);
            }
        }
    }
}

/// <summary>The statistics of tensors.</summary>
/// <param name="Tensors">By the name in the state_dict, in the order of the file; only tensors whose elements are numbers and lie in the file.</param>
internal sealed record WeightStatistics(IReadOnlyList<(string Name, TensorStatistics Statistics)> Tensors)
{
    /// <summary>A value of each tensor.</summary>
    public IEnumerable<Reading> Readings(Func<TensorStatistics, double?> value)
        => Tensors.OrderBy(t => t.Name, StringComparer.Ordinal).Select(t => Reading.Of(value(t.Statistics)) with { Part = SafeText.From(t.Name) });
}

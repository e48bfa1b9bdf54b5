using ModelGate.Artifacts;

namespace ModelGate.Signals.Weights;

/// <summary>Which tensors of a state_dict hold NaN or infinity, or values that half precision could not hold.</summary>
internal sealed record FiniteWeightsMeasure : WeightMeasure<FiniteWeights>
{
    /// <inheritdoc/>
    public override WeightMeter Begin(Checkpoint checkpoint) => new Meter();

    private sealed class Meter : WeightMeter
    {
        private readonly List<FiniteTensor> notable = [];
        private ElementCensus census = null!;
        private TensorEntry tensor = null!;
        private string name = "";
        private long repeats;
        private int tensors;
        private long elements;
        private bool hasNumbers;

        public override bool NeedsOrder => false;

        public override bool Wants(string? name, TensorEntry tensor) => name is not null;

        public override void Begin(string? name, TensorEntry tensor, long repeats)
        {
            (this.name, this.tensor, this.repeats, census) = (name!, tensor, repeats, new ElementCensus(tensor.DType));
            tensors++;
            elements += tensor.Elements;
        }

        public override void Add(long first, ReadOnlySpan<byte> elements)
        {
            census.Add(elements);
            hasNumbers = hasNumbers || elements.ContainsAnyExcept((byte)0);
        }

        public override void End()
        {
            if (census.NaN + census.Infinite + census.BeyondHalf > 0)
            {
                notable.Add(new FiniteTensor(name, tensor.DType, tensor.Elements, census.NaN * repeats, census.Infinite * repeats, census.BeyondHalf * repeats) { IsMask = census.IsMask });
            }
        }

        public override object Finish() => new FiniteWeights(tensors, elements, [.. notable.OrderBy(t => t.Name, StringComparer.Ordinal)]) { AreAllZero = elements > 0 && !hasNumbers };
    }
}

/// <summary>What is not finite in a state_dict.</summary>
/// <param name="Tensors">The number of tensors that were looked at.</param>
/// <param name="Elements">The number of their elements.</param>
/// <param name="Notable">Tensors that hold NaN, infinity, or more than half precision can hold, ordered by name.</param>
internal sealed record FiniteWeights(int Tensors, long Elements, IReadOnlyList<FiniteTensor> Notable)
{
    /// <summary>Whether every element of every tensor is zero.</summary>
    public bool AreAllZero { get; init; }
}

/// <summary>A tensor of which something is to be said.</summary>
/// <param name="Name">The name in the state_dict. Text from the file.</param>
/// <param name="DType">The element type.</param>
/// <param name="Elements">The number of elements.</param>
/// <param name="NaN">How many are NaN.</param>
/// <param name="Infinite">How many are infinite.</param>
/// <param name="BeyondHalf">How many finite ones are beyond what float16 holds.</param>
internal sealed record FiniteTensor(string Name, DType DType, long Elements, long NaN, long Infinite, long BeyondHalf)
{
    /// <summary>Whether its infinities are meant, as those of an attention mask are.</summary>
    public bool IsMask { get; init; }
}

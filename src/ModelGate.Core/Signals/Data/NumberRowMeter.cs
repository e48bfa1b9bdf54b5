using ModelGate.Artifacts;
using ModelGate.Signals.Weights;

namespace ModelGate.Signals.Data;

/// <summary>Listens to the first array of a file that is one row of numbers, such as the pitch of a recording frame after frame.</summary>
internal abstract class NumberRowMeter : WeightMeter
{
    private TensorEntry? tensor;
    private double[] numbers = [];

    /// <summary>How many numbers there were so far.</summary>
    protected long Count { get; private set; }

    /// <inheritdoc/>
    public sealed override bool Wants(string? name, TensorEntry tensor)
        => this.tensor is null && tensor.Shape.Count >= 1 && tensor.Shape.Count(d => d != 1) <= 1 && TensorNumbers.PerElement(tensor.DType) == 1;

    /// <inheritdoc/>
    public sealed override void Begin(string? name, TensorEntry tensor, long repeats) => this.tensor = tensor;

    /// <inheritdoc/>
    public sealed override void Add(long first, ReadOnlySpan<byte> elements)
    {
        var length = elements.Length / tensor!.DType.ItemSize();
        if (numbers.Length < length)
        {
            numbers = new double[length];
        }

        TensorNumbers.Decode(tensor.DType, elements, numbers);
        Count += length;
        Add(numbers.AsSpan(0, length));
    }

    /// <inheritdoc/>
    public sealed override void End()
    {
    }

    /// <summary>Takes the next numbers.</summary>
    protected abstract void Add(ReadOnlySpan<double> numbers);
}

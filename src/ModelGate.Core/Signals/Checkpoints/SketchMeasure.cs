using ModelGate.Artifacts;
using ModelGate.Signals.Weights;

namespace ModelGate.Signals.Checkpoints;

/// <summary>A few elements of every weight, evenly spaced: how far two files lie apart shows in them, once both are closed.</summary>
internal sealed record SketchMeasure : WeightMeasure<WeightSketch>
{
    /// <summary>Elements of a tensor that are kept at most.</summary>
    public const int MostElements = 16;

    /// <inheritdoc/>
    public override WeightMeter Begin(Checkpoint checkpoint) => new Meter(checkpoint);

    /// <summary>The index of a kept element in a tensor.</summary>
    private static long IndexOf(int sample, long elements) => elements <= MostElements ? sample : (long)((Int128)sample * elements / MostElements);

    private sealed class Meter(Checkpoint checkpoint) : WeightMeter
    {
        private readonly Dictionary<TensorEntry, float[]> sketches = new(ReferenceEqualityComparer.Instance);
        private TensorEntry tensor = null!;
        private float[] kept = [];
        private int next;

        public override bool Wants(string? name, TensorEntry tensor)
            => (name is not null || WeightSets.Hold(tensor.Name)) && TensorNumbers.PerElement(tensor.DType) == 1 && tensor.Data is not IQuantizedData;

        public override void Begin(string? name, TensorEntry tensor, long repeats)
            => (this.tensor, next, kept) = (tensor, 0, repeats == 1 ? new float[(int)Math.Min(MostElements, tensor.Elements)] : []);

        public override void Add(long first, ReadOnlySpan<byte> elements)
        {
            var item = tensor.DType.ItemSize();
            Span<double> number = stackalloc double[1];
            while (next < kept.Length && IndexOf(next, tensor.Elements) - first is var at && (at + 1) * item <= elements.Length)
            {
                TensorNumbers.Decode(tensor.DType, elements.Slice((int)at * item, item), number);
                kept[next++] = (float)number[0];
            }
        }

        public override void End() => sketches[tensor] = kept;

        public override object Finish() => new WeightSketch(WeightSets.Of(checkpoint, t => sketches.GetValueOrDefault(t) ?? []));
    }
}

/// <summary>A few elements of each of a file's weights.</summary>
/// <param name="Sets">By set of weights, in the order of <see cref="TensorDigests.Sets"/>; none of a tensor that holds no plain numbers.</param>
internal sealed record WeightSketch(IReadOnlyList<WeightSet<float[]>> Sets);

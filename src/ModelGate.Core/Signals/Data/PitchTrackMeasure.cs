using ModelGate.Artifacts;
using ModelGate.Signals.Weights;

namespace ModelGate.Signals.Data;

/// <summary>The pitch of one recording, frame after frame, as far as it is compared with its sound.</summary>
internal sealed record PitchTrackMeasure : WeightMeasure<PitchTrack>
{
    // Ten seconds at two hundred frames a second, and then some.
    private const int MostFrames = 4096;

    /// <inheritdoc/>
    public override WeightMeter Begin(Checkpoint checkpoint) => new Meter();

    private sealed class Meter : WeightMeter
    {
        private readonly List<float> pitch = [];
        private TensorEntry? tensor;
        private double[] numbers = [];
        private long frames;
        private bool isBroken;

        public override bool Wants(string? name, TensorEntry tensor)
            => this.tensor is null && tensor.Shape.Count >= 1 && tensor.Shape.Count(d => d != 1) <= 1 && TensorNumbers.PerElement(tensor.DType) == 1;

        public override void Begin(string? name, TensorEntry tensor, long repeats) => this.tensor = tensor;

        public override void Add(long first, ReadOnlySpan<byte> elements)
        {
            var length = elements.Length / tensor!.DType.ItemSize();
            if (numbers.Length < length)
            {
                numbers = new double[length];
            }

            TensorNumbers.Decode(tensor.DType, elements, numbers);
            frames += length;
            foreach (var number in numbers.AsSpan(0, length))
            {
                isBroken |= !double.IsFinite(number) || number < 0;
                if (pitch.Count < MostFrames)
                {
                    pitch.Add((float)number);
                }
            }
        }

        public override void End()
        {
        }

        public override object Finish() => new PitchTrack(isBroken ? 0 : frames, isBroken ? [] : [.. pitch]);
    }
}

/// <summary>The pitch of one recording.</summary>
/// <param name="Frames">The number of frames; 0 where the file holds no row of finite numbers.</param>
/// <param name="Hertz">The first of them, 0 where there is no pitch.</param>
internal sealed record PitchTrack(long Frames, IReadOnlyList<float> Hertz);

using System.Security.Cryptography;
using ModelGate.Artifacts;
using ModelGate.Signals.Weights;

namespace ModelGate.Signals.Data;

/// <summary>The features of one recording: what is wrong with them, and frames spread over the recording.</summary>
/// <remarks>At most <see cref="MostFrames"/> frames are kept, in half precision, so that a data set of some hundred recordings takes some tens of megabytes.</remarks>
internal sealed record FeatureFramesMeasure : WeightMeasure<FeatureFrames>
{
    /// <summary>Most frames that are kept of a recording.</summary>
    public const int MostFrames = 64;

    /// <summary>Frames behind these are counted and not kept: a segment of a data set is a few seconds long.</summary>
    public const int MostRows = LogMelMeasure.MostFrames;

    private const int WidestKept = 2048;

    /// <inheritdoc/>
    public override WeightMeter Begin(Checkpoint checkpoint) => new Meter();

    private sealed class Meter : WeightMeter
    {
        private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        private TensorEntry? tensor;
        private long rows;
        private long columns;
        private bool isTransposed;
        private long nonFinite;
        private bool varies;
        private double[] first = [];
        private double[] numbers = [];
        private int[] slots = [];
        private int[] kept = [];
        private Half[] frames = [];

        public override bool Wants(string? name, TensorEntry tensor)
            => this.tensor is null && FrameCountMeasure.FormOf(tensor.Shape) is not null && TensorNumbers.PerElement(tensor.DType) == 1;

        public override void Begin(string? name, TensorEntry tensor, long repeats)
        {
            this.tensor = tensor;
            (rows, columns) = FrameCountMeasure.FormOf(tensor.Shape)!.Value;
            isTransposed = columns != tensor.Shape[^1];
            if (columns is 0 or > WidestKept || repeats != 1)
            {
                return;
            }

            var seen = (int)Math.Min(rows, MostRows);
            kept = [.. Enumerable.Range(0, Math.Min(MostFrames, seen)).Select(i => (int)((long)i * seen / Math.Min(MostFrames, seen)))];
            slots = new int[seen];
            Array.Fill(slots, -1);
            for (var i = 0; i < kept.Length; i++)
            {
                slots[kept[i]] = i;
            }

            first = new double[columns];
            frames = new Half[kept.Length * columns];
        }

        public override void Add(long first, ReadOnlySpan<byte> elements)
        {
            hash.AppendData(elements);
            var count = elements.Length / tensor!.DType.ItemSize();
            if (numbers.Length < count)
            {
                numbers = new double[count];
            }

            TensorNumbers.Decode(tensor.DType, elements, numbers);
            for (var i = 0; i < count; i++)
            {
                Take(first + i, numbers[i]);
            }
        }

        public override void End()
        {
        }

        public override object Finish()
        {
            var digest = Convert.ToHexStringLower(hash.GetHashAndReset());
            hash.Dispose();
            return tensor is null
                ? new FeatureFrames(0, 0)
                : new FeatureFrames(rows, columns)
                {
                    ElementType = tensor.DType,
                    Digest = digest,
                    NonFinite = nonFinite,
                    IsConstant = rows > 1 && !varies && first.Length > 0,
                    KeptRows = kept,
                    Kept = nonFinite == 0 ? frames : [],
                };
        }

        private void Take(long index, double number)
        {
            if (!double.IsFinite(number))
            {
                nonFinite++;
                return;
            }

            if (first.Length == 0)
            {
                return;
            }

            var (row, column) = isTransposed ? (index % rows, index / rows) : (index / columns, index % columns);
            if (row == 0)
            {
                first[column] = number;
            }
            else
            {
                varies |= number != first[column];
            }

            if (row < slots.Length && slots[row] is >= 0 and var slot)
            {
                frames[(slot * columns) + column] = (Half)Math.Clamp(number, (double)Half.MinValue, (double)Half.MaxValue);
            }
        }
    }
}

/// <summary>The features of one recording.</summary>
/// <param name="Rows">The number of frames.</param>
/// <param name="Width">The numbers of a frame; 0 where the file holds no array of frames by width.</param>
internal sealed record FeatureFrames(long Rows, long Width)
{
    /// <summary>The type of its numbers.</summary>
    public DType ElementType { get; init; }

    /// <summary>The SHA-256 of its numbers as they are stored; empty where there are none.</summary>
    public string Digest { get; init; } = "";

    /// <summary>How many numbers are NaN or infinite.</summary>
    public long NonFinite { get; init; }

    /// <summary>Whether every frame equals the first.</summary>
    public bool IsConstant { get; init; }

    /// <summary>The frames that were kept, in order.</summary>
    public IReadOnlyList<int> KeptRows { get; init; } = [];

    /// <summary>Their numbers, frame after frame; empty where one of the file is not finite.</summary>
    public IReadOnlyList<Half> Kept { get; init; } = [];
}

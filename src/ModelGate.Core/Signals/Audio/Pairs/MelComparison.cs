using ModelGate.Signals.Audio.Frames;

namespace ModelGate.Signals.Audio.Pairs;

/// <summary>How far the log-mel frames of an output lie from those of its reference, frame by frame and up to the shorter of both.</summary>
/// <param name="All">The mean |difference| over all frames and bands.</param>
/// <param name="Active">The same over the frames in which the reference is active; null without any.</param>
/// <param name="Levelled">The same with the output brought to the reference's RMS first; null where one of them is silent.</param>
/// <param name="Correlation">Pearson's correlation over time of each band in the frames in which the reference is active, the mean over the bands; null without any that varies.</param>
/// <param name="OverTime">The mean |difference|, levelled, of each of up to <see cref="MostBlocks"/> equal stretches of time, for a picture.</param>
internal sealed record MelComparison(double All, double? Active, double? Levelled, double? Correlation, IReadOnlyList<float> OverTime)
{
    /// <summary><see cref="Levelled"/> of the ten seconds in which it is highest; null without any that are active for two seconds.</summary>
    public Stretch? Furthest { get; init; }

    /// <summary><see cref="Correlation"/> of the ten seconds in which it is lowest.</summary>
    public Stretch? LeastCorrelated { get; init; }

    /// <summary>Most stretches of time in a picture.</summary>
    public const int MostBlocks = 300;

    /// <summary>Compares.</summary>
    /// <param name="output">The output as it is.</param>
    /// <param name="levelled">The output at the reference's level; null where one of them is silent.</param>
    /// <param name="reference">The reference.</param>
    /// <param name="rate">The sample rate of all.</param>
    public static MelComparison Of(LogMelSpectrogram output, LogMelSpectrogram? levelled, LogMelSpectrogram reference, int rate)
    {
        Stretch? furthest = null, leastCorrelated = null;
        var framesPerSecond = (double)rate / LogMelSpectrogram.Hop;
        var frames = Math.Min(output.Frames, reference.Frames);
        var blocks = new (double Sum, int Count)[Math.Min(MostBlocks, frames)];
        var stretches = new Stretches<Sums>(framesPerSecond, frames / framesPerSecond, Look);
        var (all, active, level) = (0.0, 0.0, 0.0);
        for (var frame = 0; frame < frames; frame++)
        {
            var distance = Distance(output[frame], reference[frame]);
            var at = levelled is null ? distance : Distance(levelled[frame], reference[frame]);
            all += distance;
            var block = (int)((long)frame * blocks.Length / frames);
            blocks[block] = (blocks[block].Sum + at, blocks[block].Count + 1);
            if (reference.Active[frame])
            {
                (active, level) = (active + distance, level + at);
                stretches.At(frame).Add(output[frame], reference[frame], at);
            }
        }

        var whole = stretches.Finish();
        var count = whole.Count;

        return new MelComparison(
            all / frames,
            count > 0 ? active / count : null,
            count > 0 && levelled is not null ? level / count : null,
            whole.Correlation,
            [.. blocks.Select(b => (float)(b.Sum / b.Count))])
        {
            Furthest = levelled is null ? null : furthest,
            LeastCorrelated = leastCorrelated,
        };

        void Look(Sums sums, TimeRange time)
        {
            if (sums.Count == 0 || sums.Count < Stretch.FewestActive(time, framesPerSecond))
            {
                return;
            }

            furthest = Stretch.Higher(furthest, new Stretch(sums.Distance / sums.Count, time));
            if (sums.Correlation is { } correlation)
            {
                leastCorrelated = Stretch.Lower(leastCorrelated, new Stretch(correlation, time));
            }
        }
    }

    /// <summary>Pearson's correlation of each band along an alignment, over the pairs of frames that are active in both, the mean over the bands; null without any that varies.</summary>
    /// <param name="output">The output.</param>
    /// <param name="reference">The reference.</param>
    /// <param name="path">The frames that belong together.</param>
    public static double? Along(LogMelSpectrogram output, LogMelSpectrogram reference, IReadOnlyList<(int Row, int Column)> path)
    {
        var sums = new Sums();
        foreach (var (row, column) in path)
        {
            if (output.Active[row] && reference.Active[column])
            {
                sums.Add(output[row], reference[column], 0);
            }
        }

        return sums.Correlation;
    }

    private static double Distance(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++)
        {
            sum += Math.Abs((double)a[i] - b[i]);
        }

        return sum / a.Length;
    }

    /// <summary>What the frames say in which the reference is active.</summary>
    private sealed class Sums : IStretchSums<Sums>
    {
        public static Sums Create() => new();

        private const int Bands = LogMelSpectrogram.Bands;
        private const int PerBand = 5;
        private const double LeastVariance = 1e-6;

        private readonly double[] sums = new double[Bands * PerBand];

        public int Count { get; private set; }

        public double Distance { get; private set; }

        /// <summary>The correlation of each band over time, the mean over the bands.</summary>
        public double? Correlation
        {
            get
            {
                var (total, bands) = (0.0, 0);
                for (var band = 0; band < Bands; band++)
                {
                    var at = sums.AsSpan(band * PerBand, PerBand);
                    var (x, y) = (at[0], at[1]);

                    // A band that stands still, as above half the rate of what was resampled, goes with nothing.
                    var (varianceX, varianceY) = (at[2] - (x * x / Count), at[3] - (y * y / Count));
                    if (Count > 1 && varianceY > LeastVariance * Count)
                    {
                        total += varianceX > LeastVariance * Count ? (at[4] - (x * y / Count)) / Math.Sqrt(varianceX * varianceY) : 0;
                        bands++;
                    }
                }

                return bands > 0 ? total / bands : null;
            }
        }

        public void Add(ReadOnlySpan<float> output, ReadOnlySpan<float> reference, double distance)
        {
            Count++;
            Distance += distance;
            for (var band = 0; band < Bands; band++)
            {
                double x = output[band], y = reference[band];
                var at = sums.AsSpan(band * PerBand, PerBand);
                at[0] += x;
                at[1] += y;
                at[2] += x * x;
                at[3] += y * y;
                at[4] += x * y;
            }
        }

        public void Add(Sums other)
        {
            (Count, Distance) = (Count + other.Count, Distance + other.Distance);
            System.Numerics.Tensors.TensorPrimitives.Add(sums, other.sums, sums);
        }

        public void Clear()
        {
            (Count, Distance) = (0, 0);
            Array.Clear(sums);
        }
    }
}

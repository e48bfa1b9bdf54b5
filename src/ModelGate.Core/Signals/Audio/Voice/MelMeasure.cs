using System.Runtime.Intrinsics;
using ModelGate.Artifacts;
using ModelGate.Signals.Mathematics;

namespace ModelGate.Signals.Audio.Voice;

/// <summary>How much the log-mel bands of a recording vary over its active frames: over time, over the bands, and from frame to frame.</summary>
/// <param name="Settings">In which settings; null for HiFi-GAN's, in samples at the recording's own rate.</param>
internal sealed record MelMeasure(MelSettings? Settings = null) : AudioMeasure<MelStatistics>
{
    /// <summary>Samples from a frame to the next.</summary>
    public const int Hop = LogMelBank.HopLength;

    /// <inheritdoc/>
    public override AudioMeter Begin(AudioClip clip) => new Meter(clip, Settings ?? MelSettings.HifiGan);

    private sealed class Meter : AudioMeter
    {
        private readonly double framesPerSecond;
        private readonly Stretches<Sums> stretches;
        private Stretch? steadiest;
        private readonly MelSettings settings;
        private readonly LaneBuffer origins;
        private readonly double[] last;
        private bool isLastActive;
        private Vector256<double> spectral;
        private Vector256<double> delta;
        private long active;
        private long pairs;

        public Meter(AudioClip clip, MelSettings settings)
        {
            this.settings = settings;
            origins = new LaneBuffer(settings.Bands);
            last = new double[settings.Bands];
            framesPerSecond = (double)clip.SampleRate / settings.HopLength;
            stretches = new Stretches<Sums>(framesPerSecond, clip.Seconds, Look);
        }

        public override MelSettings NeedsMel => settings;

        public override void Add(MelFrames frames)
        {
            var mask = frames.Active;
            var bits = mask.ExtractMostSignificantBits();
            var pairBits = bits & ((bits << 1) | (isLastActive ? 1u : 0));
            if (bits != 0)
            {
                Take(stretches.At(frames.First), frames.Bands, mask);
                active += System.Numerics.BitOperations.PopCount(bits);
            }

            if (pairBits != 0)
            {
                Compare(frames.Bands, pairBits);
                pairs += System.Numerics.BitOperations.PopCount(pairBits);
            }

            isLastActive = (bits & 8) != 0;
            for (var band = 0; band < last.Length && isLastActive; band++)
            {
                last[band] = frames.Bands[band][3];
            }
        }

        public override object Finish(long nonFinite) => nonFinite > 0 || active == 0
            ? new MelStatistics(0, null, null, null)
            : new MelStatistics(active, stretches.Finish().Temporal, Vector256.Sum(spectral) / active, pairs == 0 ? null : Vector256.Sum(delta) / pairs / settings.Bands) { Steadiest = steadiest };

        private void Look(Sums sums, TimeRange time)
        {
            if (sums.Temporal is { } temporal && sums.Active >= Stretch.FewestActive(time, framesPerSecond))
            {
                steadiest = Stretch.Lower(steadiest, new Stretch(temporal, time));
            }
        }

        private void Take(Sums sums, ReadOnlySpan<Vector256<double>> bands, Vector256<double> mask)
        {
            // Around the first active frame's values, so that a band that stands still has a deviation of zero.
            var origin = origins.Span;
            if (active == 0)
            {
                var lane = System.Numerics.BitOperations.TrailingZeroCount(mask.ExtractMostSignificantBits());
                for (var band = 0; band < origin.Length; band++)
                {
                    origin[band] = Vector256.Create(bands[band][lane]);
                }
            }

            sums.Begin(settings.Bands);
            Span<Vector256<double>> sum = sums.Values, square = sums.Squares;
            sums.Active += System.Numerics.BitOperations.PopCount(mask.ExtractMostSignificantBits());
            Vector256<double> frameSum = default, frameSquares = default;
            for (var band = 0; band < sum.Length; band++)
            {
                var value = (bands[band] - origin[band]) & mask;
                sum[band] += value;
                square[band] += value * value;
                frameSum += bands[band];
                frameSquares += bands[band] * bands[band];
            }

            var mean = frameSum / settings.Bands;
            spectral += Vector256.Sqrt(Vector256.MaxNative((frameSquares / settings.Bands) - (mean * mean), Vector256<double>.Zero)) & mask;
        }

        private void Compare(ReadOnlySpan<Vector256<double>> bands, uint pairBits)
        {
            var mask = Vector256<long>.Zero;
            for (var lane = 0; lane < RealFourierTransform.Lanes; lane++)
            {
                mask = (pairBits >> lane & 1) != 0 ? mask.WithElement(lane, -1L) : mask;
            }

            var sum = Vector256<double>.Zero;
            for (var band = 0; band < bands.Length; band++)
            {
                var before = Vector256.Shuffle(bands[band], Vector256.Create(0L, 0, 1, 2)).WithElement(0, last[band]);
                sum += Vector256.Abs(bands[band] - before);
            }

            delta += sum & mask.AsDouble();
        }
    }

    /// <summary>The log-mel bands of active frames, less those of the first.</summary>
    private sealed class Sums : IStretchSums<Sums>
    {
        public static Sums Create() => new();

        private LaneBuffer? values;
        private LaneBuffer? squares;
        private int bands;

        public Span<Vector256<double>> Values => values is null ? default : values.Span;

        public Span<Vector256<double>> Squares => squares is null ? default : squares.Span;

        public long Active { get; set; }

        public double? Temporal
        {
            get
            {
                var total = 0.0;
                for (var band = 0; band < bands; band++)
                {
                    var mean = Vector256.Sum(Values[band]) / Active;
                    total += Math.Sqrt(Math.Max(0, (Vector256.Sum(Squares[band]) / Active) - (mean * mean)));
                }

                return Active == 0 ? null : total / bands;
            }
        }

        public void Begin(int count)
        {
            if (bands == 0)
            {
                (bands, values, squares) = (count, new LaneBuffer(count), new LaneBuffer(count));
            }
        }

        public void Add(Sums other)
        {
            if (other.bands == 0)
            {
                return;
            }

            Begin(other.bands);
            Active += other.Active;
            Span<Vector256<double>> sum = Values, square = Squares, otherSum = other.Values, otherSquare = other.Squares;
            for (var band = 0; band < sum.Length; band++)
            {
                sum[band] += otherSum[band];
                square[band] += otherSquare[band];
            }
        }

        public void Clear()
        {
            Active = 0;
            Values.Clear();
            Squares.Clear();
        }
    }
}

/// <summary>How much the log-mel bands of a recording vary over its active frames; null where there is no value.</summary>
/// <param name="ActiveFrames">The number of active frames.</param>
/// <param name="Temporal">The standard deviation over time of each band, the mean over the bands.</param>
/// <param name="Spectral">The standard deviation over the bands of each frame, the mean over the frames.</param>
/// <param name="Delta">The mean |difference| of neighbouring frames that are both active.</param>
internal sealed record MelStatistics(long ActiveFrames, double? Temporal, double? Spectral, double? Delta)
{
    /// <summary><see cref="Temporal"/> of the stretch in which it is least.</summary>
    public Stretch? Steadiest { get; init; }
}

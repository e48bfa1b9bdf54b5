using System.Runtime.Intrinsics;
using ModelGate.Artifacts;
using ModelGate.Signals.Audio;
using ModelGate.Signals.Mathematics;

namespace ModelGate.Signals.Data;

/// <summary>The log-mel bands of a recording at the rate of its features: coarse, since only what the sound does over time is compared.</summary>
/// <remarks>
/// Frame i is centred on the middle of the i-th fiftieth of a second. The window is periodic Hann of the next power of two above a sixteenth of a second; the bands
/// are triangles of equal width in mel, 1127 ln(1 + f / 700), from 50 Hz to 7.6 kHz or 95 % of half the rate.
/// </remarks>
internal sealed record LogMelMeasure : AudioMeasure<LogMelFrames>
{
    /// <summary>Bands of a frame.</summary>
    public const int Bands = 10;

    /// <summary>Frames a second, which is what HuBERT and ContentVec make.</summary>
    public const int FramesPerSecond = 50;

    /// <summary>Frames behind these are not computed: 40 seconds.</summary>
    public const int MostFrames = 2000;

    private const double LowestFrequency = 50;
    private const double HighestFrequency = 7600;
    private const double FloorPerSample = 1e-8;

    /// <inheritdoc/>
    public override AudioMeter Begin(AudioClip clip) => new Meter(clip);

    private sealed class Meter : AudioMeter
    {
        private readonly AudioClip clip;
        private readonly int total;
        private readonly int length;
        private readonly float[] values;
        private readonly RealFourierTransform transform;
        private readonly double[] window;
        private readonly LaneBuffer windowed;
        private readonly LaneBuffer powers;
        private readonly (int First, double[] Weights)[] bands;
        private double[] pending;
        private long pendingStart;
        private int filled;
        private int frame;

        public Meter(AudioClip clip)
        {
            this.clip = clip;
            total = (int)Math.Min(MostFrames, Math.Min(clip.Frames, (long)MostFrames * clip.SampleRate) * FramesPerSecond / clip.SampleRate);
            length = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Clamp(clip.SampleRate / 16, 64, 1 << 16));
            values = new float[total * Bands];
            transform = new RealFourierTransform(length);
            windowed = new LaneBuffer(length);
            powers = new LaneBuffer(transform.Bins);
            window = [.. Enumerable.Range(0, length).Select(i => 0.5 - (0.5 * Math.Cos(2 * Math.PI * i / length)))];
            bands = [.. Enumerable.Range(0, Bands).Select(BandOf)];

            // The first frames reach before the recording, where there is silence.
            pending = new double[length * 8];
            (pendingStart, filled) = (-(length / 2), length / 2);
        }

        public override void Add(ReadOnlySpan<float> interleaved)
        {
            for (var at = 0; at < interleaved.Length && frame < total; at += clip.Channels)
            {
                var sum = 0.0;
                for (var channel = 0; channel < clip.Channels; channel++)
                {
                    sum += interleaved[at + channel];
                }

                Append(sum / clip.Channels);
            }
        }

        public override object Finish(long nonFinite)
        {
            while (frame < total)
            {
                Append(0);
            }

            return new LogMelFrames(nonFinite > 0 ? [] : values, nonFinite > 0 ? 0 : total, clip.Seconds);
        }

        private void Append(double sample)
        {
            if (filled == pending.Length)
            {
                Array.Resize(ref pending, pending.Length * 2);
            }

            pending[filled++] = sample;
            var count = Math.Min(RealFourierTransform.Lanes, total - frame);
            if (pendingStart + filled < StartOf(frame + count - 1) + length)
            {
                return;
            }

            Transform(count);
            frame += count;
            var done = (int)Math.Min(filled, StartOf(frame) - pendingStart);
            Array.Copy(pending, done, pending, 0, filled - done);
            (pendingStart, filled) = (pendingStart + done, filled - done);
        }

        private long StartOf(int index) => (((2L * index) + 1) * clip.SampleRate / (2 * FramesPerSecond)) - (length / 2);

        private void Transform(int count)
        {
            Span<Vector256<double>> frames = windowed.Span, spectrum = powers.Span;
            Span<int> at = stackalloc int[RealFourierTransform.Lanes];
            for (var lane = 0; lane < at.Length; lane++)
            {
                at[lane] = (int)(StartOf(frame + Math.Min(lane, count - 1)) - pendingStart);
            }

            for (var i = 0; i < length; i++)
            {
                frames[i] = Vector256.Create(pending[at[0] + i], pending[at[1] + i], pending[at[2] + i], pending[at[3] + i]) * window[i];
            }

            transform.Power(frames, spectrum);
            for (var band = 0; band < Bands; band++)
            {
                var (first, weights) = bands[band];
                var sum = Vector256<double>.Zero;
                for (var i = 0; i < weights.Length; i++)
                {
                    sum += spectrum[first + i] * weights[i];
                }

                for (var lane = 0; lane < count; lane++)
                {
                    values[((frame + lane) * Bands) + band] = (float)Math.Log(Math.Max(sum[lane], FloorPerSample * length));
                }
            }
        }

        private (int First, double[] Weights) BandOf(int band)
        {
            var (low, high) = (Mel(LowestFrequency), Mel(Math.Min(HighestFrequency, 0.475 * clip.SampleRate)));
            double Edge(int i) => 700 * (Math.Exp((low + ((high - low) * i / (Bands + 1))) / 1127) - 1) * length / clip.SampleRate;
            var (from, middle, to) = (Edge(band), Edge(band + 1), Edge(band + 2));
            var first = Math.Clamp((int)Math.Ceiling(from), 0, length / 2);
            var last = Math.Clamp((int)Math.Floor(to), first, length / 2);
            return (first, [.. Enumerable.Range(first, last - first + 1).Select(k => Math.Max(0, Math.Min((k - from) / (middle - from), (to - k) / (to - middle))))]);
        }

        private static double Mel(double frequency) => 1127 * Math.Log(1 + (frequency / 700));
    }
}

/// <summary>The log-mel bands of a recording.</summary>
/// <param name="Values">Natural logarithms of powers, <see cref="LogMelMeasure.Bands"/> a frame.</param>
/// <param name="Frames">The number of frames; 0 where a sample is not finite, or there are too few.</param>
/// <param name="Seconds">The duration of the recording.</param>
internal sealed record LogMelFrames(IReadOnlyList<float> Values, int Frames, double Seconds);

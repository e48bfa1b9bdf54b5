using ModelGate.Artifacts;
using ModelGate.Signals.Mathematics;

namespace ModelGate.Signals.Audio.Voice;

/// <summary>The integrated loudness of a recording by ITU-R BS.1770-4 and EBU R 128.</summary>
/// <remarks>
/// The K-weighting is derived for the recording's own rate from the analogue values by De Man's formulas: shelf at 1681.974450955533 Hz, 3.999843853973347 dB, Q 0.7071752369554196; high
/// pass at 38.13547087602444 Hz, Q 0.5003270373238773. Whole blocks of 400 ms every 100 ms, gates at -70 LUFS and 10 LU below the mean of what passes it; weights 1, 1, 1, 1.41, 1.41.
/// </remarks>
internal sealed record LoudnessMeasure : AudioMeasure<Loudness>
{
    private const double StepSeconds = 0.1;
    private const int StepsOfBlock = 4;

    // 29 hours; of longer recordings every second block counts.
    private const int MostHeld = 1 << 20;

    private static readonly double[] Weights = [1, 1, 1, 1.41, 1.41];

    /// <inheritdoc/>
    public override AudioMeter Begin(AudioClip clip) => new Meter(clip);

    private sealed class Meter(AudioClip clip) : AudioMeter
    {
        private readonly KWeighting[] filters = [.. Enumerable.Range(0, clip.Channels).Select(_ => new KWeighting(clip.SampleRate))];
        private readonly BoundedSeries blocks = new(MostHeld);
        private readonly Queue<double> steps = new();
        private double step;
        private long frame;
        private long stepIndex;

        public override void Add(ReadOnlySpan<float> interleaved)
        {
            if (clip.Channels > Weights.Length)
            {
                return;
            }

            while (!interleaved.IsEmpty)
            {
                var frames = (int)Math.Min(interleaved.Length / clip.Channels, Math.Max(1, EndOf(stepIndex) - frame));
                for (var channel = 0; channel < clip.Channels; channel++)
                {
                    step += Weights[channel] * filters[channel].Power(interleaved[..(frames * clip.Channels)], channel, clip.Channels);
                }

                interleaved = interleaved[(frames * clip.Channels)..];
                frame += frames;
                if (frame >= EndOf(stepIndex))
                {
                    EndStep();
                }
            }
        }

        public override object Finish(long nonFinite) => new Loudness(nonFinite > 0 ? null : Integrated());

        private void EndStep()
        {
            steps.Enqueue(step);
            (step, stepIndex) = (0, stepIndex + 1);
            if (steps.Count == StepsOfBlock)
            {
                blocks.Add(steps.Sum() / (EndOf(stepIndex - 1) - EndOf(stepIndex - 1 - StepsOfBlock)));
                steps.Dequeue();
            }
        }

        private long EndOf(long index) => (long)((index + 1) * StepSeconds * clip.SampleRate);

        private double? Integrated()
        {
            if (clip.SampleRate < LowestRate)
            {
                return null;
            }

            var loud = blocks.Values.ToArray().Where(b => Lufs(b) > -70).ToArray();
            if (loud.Length == 0)
            {
                return null;
            }

            var gate = Lufs(loud.Average()) - 10;
            var gated = loud.Where(b => Lufs(b) > gate).ToArray();
            return gated.Length == 0 ? null : Lufs(gated.Average());
        }

        private static double Lufs(double power) => -0.691 + (10 * Math.Log10(power));
    }

    // The shelf lies at 1.7 kHz: below twice that rate there is no such filter.
    private const int LowestRate = 4000;

    private sealed class KWeighting
    {
        private Biquad shelf;
        private Biquad highPass;

        public KWeighting(int rate)
        {
            const double ShelfQ = 0.7071752369554196, HighQ = 0.5003270373238773;
            var (k, gain) = (Math.Tan(Math.PI * 1681.974450955533 / rate), Math.Pow(10, 3.999843853973347 / 20));
            var middle = Math.Pow(gain, 0.4996667741545416);
            var a0 = 1 + (k / ShelfQ) + (k * k);
            shelf = new Biquad(
                (gain + (middle * k / ShelfQ) + (k * k)) / a0,
                2 * ((k * k) - gain) / a0,
                (gain - (middle * k / ShelfQ) + (k * k)) / a0,
                2 * ((k * k) - 1) / a0,
                (1 - (k / ShelfQ) + (k * k)) / a0);
            k = Math.Tan(Math.PI * 38.13547087602444 / rate);
            a0 = 1 + (k / HighQ) + (k * k);
            highPass = new Biquad(1, -2, 1, 2 * ((k * k) - 1) / a0, (1 - (k / HighQ) + (k * k)) / a0);
        }

        /// <summary>Filters the samples of a channel and sums their squares.</summary>
        public double Power(ReadOnlySpan<float> interleaved, int channel, int channels)
        {
            // The states stay in registers.
            var (a, b) = (shelf, highPass);
            var sum = 0.0;
            for (var at = channel; at < interleaved.Length; at += channels)
            {
                var value = b.Next(a.Next(interleaved[at]));
                sum += value * value;
            }

            (shelf, highPass) = (a, b);
            return sum;
        }
    }

    private struct Biquad(double b0, double b1, double b2, double a1, double a2)
    {
        private double first;
        private double second;

        public double Next(double sample)
        {
            var value = (b0 * sample) + first;
            first = (b1 * sample) - (a1 * value) + second;
            second = (b2 * sample) - (a2 * value);
            return value;
        }
    }
}

/// <summary>The loudness of a recording.</summary>
/// <param name="Integrated">In LUFS; null for silence, under 400 ms, above five channels, and where a sample is not finite.</param>
internal sealed record Loudness(double? Integrated);

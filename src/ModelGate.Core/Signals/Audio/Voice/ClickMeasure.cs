using System.Numerics.Tensors;
using ModelGate.Artifacts;
using ModelGate.Signals.Mathematics;

namespace ModelGate.Signals.Audio.Voice;

/// <summary>Jumps between neighbouring samples that what is around them does not explain, and the level at which a recording ends.</summary>
/// <remarks>
/// Of the mean of the channels, with zeros before the first sample and after the last, so that a jump there counts. In each block of 5 ms, the largest |difference| of neighbours is divided by the
/// RMS of the differences within 5 ms on both sides of it, without the three next to it on each side, or by 0.0001 where that is less. It is a click where the quotient is above 40 and the jump above
/// 0.05: in good recordings the quotient reaches 25, at plosives.
/// </remarks>
internal sealed record ClickMeasure : AudioMeasure<Clicks>
{
    private const double BlockSeconds = 0.005;
    private const double Quotient = 40;
    private const double Jump = 0.05;
    private const double Floor = 1e-4;
    private const int Near = 3;
    private const double Faintest = 1e-10;

    /// <inheritdoc/>
    public override AudioMeter Begin(AudioClip clip) => new Meter(clip);

    private sealed class Meter : AudioMeter
    {
        private readonly AudioClip clip;
        private readonly int block;

        // The block that is looked at lies between the one before it and the one behind it.
        private readonly double[] differences;
        private readonly List<Click> clicks = [];
        private readonly double[] last;
        private long count;
        private long position;
        private long taken;
        private int filled;
        private int held;
        private double previous;
        private double squares;

        public Meter(AudioClip clip)
        {
            this.clip = clip;
            block = Math.Max(2 * Near, (int)(BlockSeconds * clip.SampleRate));
            differences = new double[3 * block];
            last = new double[block];
            filled = block;
        }

        public override void Add(ReadOnlySpan<double> mono)
        {
            Take(mono);
            squares += LaneSums.Squares(mono);
            position += mono.Length;
            Keep(mono[^Math.Min(mono.Length, block)..]);
        }

        public override object Finish(long nonFinite)
        {
            Take(new double[2 * block]);
            var end = Math.Sqrt(LaneSums.Squares(last) / block);
            var rms = Math.Sqrt(squares / Math.Max(1, position));
            return nonFinite > 0 || position < block
                ? new Clicks(null, [], null)
                : new Clicks(count, clicks, rms > 0 ? 20 * Math.Log10(Math.Max(end, Faintest) / rms) : null);
        }

        private void Keep(ReadOnlySpan<double> end)
        {
            var kept = Math.Min(held, block - end.Length);
            last.AsSpan(held - kept, kept).CopyTo(last);
            end.CopyTo(last.AsSpan(kept));
            held = kept + end.Length;
        }

        private void Take(ReadOnlySpan<double> samples)
        {
            while (!samples.IsEmpty)
            {
                var part = samples[..Math.Min(samples.Length, differences.Length - filled)];
                var target = differences.AsSpan(filled, part.Length);
                target[0] = part[0] - previous;
                TensorPrimitives.Subtract(part[1..], part[..^1], target[1..]);
                TensorPrimitives.Abs(target, target);
                previous = part[^1];
                taken += part.Length;
                filled += part.Length;
                samples = samples[part.Length..];
                if (filled == differences.Length)
                {
                    Look();
                    Array.Copy(differences, block, differences, 0, 2 * block);
                    filled = 2 * block;
                }
            }
        }

        private long latest = long.MinValue / 2;

        private void Look()
        {
            if (LaneSums.Peak(differences.AsSpan(block, block)) <= Jump)
            {
                return;
            }

            var at = block;
            for (var i = block; i < 2 * block; i++)
            {
                at = differences[i] > differences[at] ? i : at;
            }

            var (sum, around) = (0.0, 0);
            for (var i = at - block; i < at + block; i++)
            {
                if (Math.Abs(i - at) > Near)
                {
                    (sum, around) = (sum + (differences[i] * differences[i]), around + 1);
                }
            }

            var position = taken - differences.Length + at;
            if (differences[at] > Quotient * Math.Max(Floor, Math.Sqrt(sum / around)) && position - latest > Near)
            {
                // Up and down again is one click, also where a block ends between the two.
                latest = position;
                count++;
                if (clicks.Count < Clicks.MostShown)
                {
                    clicks.Add(new Click(position / (double)clip.SampleRate, differences[at]));
                }
            }
        }
    }
}

/// <summary>The clicks of a recording.</summary>
/// <param name="Count">How many there are; null where a sample is not finite, or the recording is shorter than 5 ms.</param>
/// <param name="Shown">The first of them.</param>
/// <param name="EndDecibels">The RMS of the last 5 ms beside that of the whole recording, in dB; null where all of it is silent.</param>
internal sealed record Clicks(long? Count, IReadOnlyList<Click> Shown, double? EndDecibels)
{
    /// <summary>Most clicks that are kept.</summary>
    public const int MostShown = 20;
}

/// <summary>A click.</summary>
/// <param name="Seconds">Where it is.</param>
/// <param name="Jump">The difference of the two samples.</param>
internal readonly record struct Click(double Seconds, double Jump);

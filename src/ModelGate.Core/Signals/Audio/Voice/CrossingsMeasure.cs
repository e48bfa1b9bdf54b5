using System.Numerics;
using System.Runtime.Intrinsics;
using ModelGate.Artifacts;

namespace ModelGate.Signals.Audio.Voice;

/// <summary>Changes of sign of the mean of the channels, in the whole recording and in the active frames, as librosa counts them.</summary>
/// <remarks>A sample within 1e-10 of zero counts as positive. The frames are those of <see cref="FrameSeries"/>, but the first and the last sample are repeated at the ends, and a frame's first sample never counts.</remarks>
internal sealed record CrossingsMeasure : AudioMeasure<Crossings>
{
    private const double Zero = 1e-10;

    /// <inheritdoc/>
    public override AudioMeter Begin(AudioClip clip) => new Meter(clip);

    private sealed class Meter(AudioClip clip) : AudioMeter
    {
        private const int Hop = FrameSeries.HopLength;
        private const int Quarters = FrameSeries.FrameLength / Hop;

        // As many hops as samples are read ahead of the frames, and more.
        private const int HopsHeld = 256;

        private readonly int[] counts = new int[HopsHeld];
        private readonly bool[] atFirst = new bool[HopsHeld];
        private double mean;
        private double previous;
        private long position;
        private long all;
        private long raw;
        private long frame;
        private long active;
        private long inActive;

        public override bool NeedsMean => true;

        public override bool NeedsFrames => true;

        public override void Begin(double mean) => this.mean = mean;

        public override void Add(ReadOnlySpan<double> mono)
        {
            if (mono.IsEmpty)
            {
                return;
            }

            var first = position == 0 ? mono[0] : previous;
            raw += Step(first, mono[0], -Zero) ? 1 : 0;
            raw += Changes(mono, -Zero);
            CountHops(mono, first);
            previous = mono[^1];
            position += mono.Length;
        }

        public override void Add(FrameSeries series)
        {
            foreach (var rms in series.Levels[..series.Count])
            {
                if (rms > FrameSeries.ActiveLevel)
                {
                    for (var i = 0; i < Quarters; i++)
                    {
                        inActive += counts[(frame + i) % HopsHeld];
                    }

                    inActive -= atFirst[frame % HopsHeld] ? 1 : 0;
                    active++;
                }

                counts[frame % HopsHeld] = 0;
                atFirst[frame % HopsHeld] = false;
                frame++;
            }
        }

        public override object Finish(long nonFinite) => nonFinite > 0 || position == 0
            ? new Crossings(null, null, null)
            : new Crossings(all / clip.Seconds, raw / clip.Seconds, active == 0 ? null : (double)inActive / active / FrameSeries.FrameLength * clip.SampleRate);

        // The hops are those of the padded recording, in which the first sample is that of the third.
        private void CountHops(ReadOnlySpan<double> mono, double first)
        {
            var limit = mean - Zero;
            for (var at = 0; at < mono.Length;)
            {
                var (hop, within) = Math.DivRem(position + at + (FrameSeries.FrameLength / 2), Hop);
                var part = mono.Slice(at, Math.Min(mono.Length - at, Hop - (int)within));
                var isStep = Step(at == 0 ? first : mono[at - 1], part[0], limit);
                var changes = Changes(part, limit) + (isStep ? 1 : 0);
                counts[hop % HopsHeld] += changes;
                atFirst[hop % HopsHeld] |= isStep && within == 0;
                all += changes;
                at += part.Length;
            }
        }

        private static bool Step(double before, double after, double limit) => before < limit != after < limit;

        private static int Changes(ReadOnlySpan<double> samples, double limit)
        {
            var count = 0;
            var bound = Vector256.Create(limit);
            var i = 1;
            for (; i <= samples.Length - Vector256<double>.Count; i += Vector256<double>.Count)
            {
                var before = Vector256.LessThan(Vector256.Create(samples[(i - 1)..]), bound);
                var after = Vector256.LessThan(Vector256.Create(samples[i..]), bound);
                count += BitOperations.PopCount((before ^ after).ExtractMostSignificantBits());
            }

            for (; i < samples.Length; i++)
            {
                count += Step(samples[i - 1], samples[i], limit) ? 1 : 0;
            }

            return count;
        }
    }
}

/// <summary>The changes of sign of a recording; null where there is no value.</summary>
/// <param name="PerSecond">A second, the mean removed.</param>
/// <param name="RawPerSecond">A second, of the samples as they are.</param>
/// <param name="ActivePerSecond">A second, the mean removed, over the active frames.</param>
internal sealed record Crossings(double? PerSecond, double? RawPerSecond, double? ActivePerSecond);

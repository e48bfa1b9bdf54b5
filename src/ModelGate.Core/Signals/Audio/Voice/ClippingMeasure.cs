using System.Numerics.Tensors;
using ModelGate.Artifacts;
using ModelGate.Signals.Mathematics;

namespace ModelGate.Signals.Audio.Voice;

/// <summary>Samples at full scale, and plateaus at a recording's own peak.</summary>
internal sealed record ClippingMeasure : AudioMeasure<Clipping>
{
    /// <summary>The level from which on a sample is at full scale.</summary>
    public const double FullScale = 0.999;

    private const double NearPeak = 0.99;

    /// <inheritdoc/>
    public override AudioMeter Begin(AudioClip clip) => new Meter(clip);

    private sealed class Meter(AudioClip clip) : AudioMeter
    {
        // Only parts that come near the peak are looked at sample by sample.
        private const int PartSamples = 256;

        private readonly int[] runs = new int[clip.Channels];
        private readonly int[] longest = new int[clip.Channels];
        private readonly long[] full = new long[clip.Channels];
        private readonly (long From, long To)[] stretches = new (long, long)[Clipping.MostStretches];
        private readonly SortedDictionary<double, int> plateaus = [];
        private int marked;
        private long frame;
        private double peak;
        private double previous = double.NaN;
        private int plateau;

        public override void Add(ReadOnlySpan<float> interleaved)
        {
            var part = PartSamples * clip.Channels;
            for (var at = 0; at < interleaved.Length; at += part)
            {
                TakeFullScale(interleaved.Slice(at, Math.Min(part, interleaved.Length - at)));
            }
        }

        public override void Add(ReadOnlySpan<double> mono)
        {
            for (var at = 0; at < mono.Length; at += PartSamples)
            {
                var part = mono.Slice(at, Math.Min(PartSamples, mono.Length - at));
                if (LaneSums.Peak(part) < NearPeak * peak)
                {
                    EndPlateau();
                    (previous, plateau) = (double.NaN, 0);
                    continue;
                }

                foreach (var value in part)
                {
                    Level(value);
                }
            }
        }

        public override object Finish(long nonFinite)
        {
            EndPlateau();
            var longestPlateau = peak > 0 ? plateaus.Where(p => p.Key >= NearPeak * peak).Select(p => p.Value).DefaultIfEmpty(1).Max() : (int)Math.Min(int.MaxValue, frame);
            return nonFinite > 0 || frame == 0
                ? new Clipping(nonFinite, null, 0, 0, 0)
                : new Clipping(0, (double)full.Sum() / (frame * clip.Channels), longest.Max(), longestPlateau, peak)
                {
                    Channels = [.. full.Zip(longest, (count, run) => new ChannelClipping((double)count / frame, run))],
                    Stretches = [.. stretches.Take(marked).Select(s => ((double)s.From / clip.SampleRate, (double)(s.To + 1) / clip.SampleRate))],
                };
        }

        private void TakeFullScale(ReadOnlySpan<float> part)
        {
            if (Math.Abs(TensorPrimitives.MaxMagnitude(part)) < FullScale)
            {
                Array.Clear(runs);
                frame += part.Length / clip.Channels;
                return;
            }

            for (var at = 0; at < part.Length; at += clip.Channels, frame++)
            {
                for (var channel = 0; channel < clip.Channels; channel++)
                {
                    if (Math.Abs((double)part[at + channel]) < FullScale)
                    {
                        runs[channel] = 0;
                        continue;
                    }

                    full[channel]++;
                    longest[channel] = Math.Max(longest[channel], ++runs[channel]);
                    Mark();
                }
            }
        }

        // Neighbouring stretches become one where there would be too many to draw.
        private void Mark()
        {
            var near = clip.SampleRate / 100;
            if (marked > 0 && frame - stretches[marked - 1].To <= near)
            {
                stretches[marked - 1].To = frame;
            }
            else if (marked < stretches.Length)
            {
                stretches[marked++] = (frame, frame);
            }
        }

        private void Level(double value)
        {
            if (value == previous)
            {
                plateau++;
                return;
            }

            EndPlateau();
            (previous, plateau) = (value, 1);
            peak = Math.Max(peak, Math.Abs(value));
        }

        // Only plateaus near the peak of what was heard so far can be near that of all.
        private void EndPlateau()
        {
            var level = Math.Abs(previous);
            if (plateau < 2 || !(level >= NearPeak * peak) || level == 0)
            {
                return;
            }

            plateaus[level] = Math.Max(plateau, plateaus.GetValueOrDefault(level));
            foreach (var low in plateaus.Keys.TakeWhile(k => k < NearPeak * peak).ToArray())
            {
                plateaus.Remove(low);
            }

            // A hundred levels within a hundredth of the peak say as much as all.
            if (plateaus.Count > 100)
            {
                plateaus.Remove(plateaus.MinBy(p => p.Value).Key);
            }
        }
    }
}

/// <summary>How far a recording is clipped.</summary>
/// <param name="NonFinite">Samples that are NaN or infinite.</param>
/// <param name="Share">The share of the samples of all channels at 0.999 or more; null where a sample is not finite, or there is none.</param>
/// <param name="LongestRun">The most of them in a row in one channel.</param>
/// <param name="LongestPlateau">The most equal neighbours in the mean of the channels within 1 % of its peak.</param>
/// <param name="Peak">The peak of the mean of the channels.</param>
internal sealed record Clipping(long NonFinite, double? Share, int LongestRun, int LongestPlateau, double Peak)
{
    /// <summary>Most stretches that are marked.</summary>
    public const int MostStretches = 200;

    /// <summary>Each channel.</summary>
    public IReadOnlyList<ChannelClipping> Channels { get; init; } = [];

    /// <summary>Where samples are at full scale, in seconds: the first of them.</summary>
    public IReadOnlyList<(double From, double To)> Stretches { get; init; } = [];

    /// <summary>A value of the whole, and of each channel where there are several.</summary>
    public IEnumerable<Reading> Readings(double whole, Func<ChannelClipping, double> value)
    {
        yield return Reading.Of(Share is null ? null : whole);
        for (var channel = 0; Channels.Count > 1 && channel < Channels.Count; channel++)
        {
            yield return Reading.Of(value(Channels[channel])) with { Part = SafeText.Of($"channel {channel + 1}") };
        }
    }
}

/// <summary>How far a channel is clipped.</summary>
/// <param name="Share">The share of its samples at 0.999 or more.</param>
/// <param name="LongestRun">The most of them in a row.</param>
internal readonly record struct ChannelClipping(double Share, int LongestRun);

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

    private sealed class Meter(AudioClip clip) : ChannelsMeter(() => new Channel(clip.SampleRate))
    {
        public override object Finish(long nonFinite)
        {
            if (nonFinite > 0 || clip.Frames == 0)
            {
                return new Clipping(nonFinite, null, 0, 0, 0);
            }

            var channels = FinishEach<ChannelClipping>(clip.Channels, nonFinite);
            var plateau = channels.MaxBy(c => c.LongestPlateau)!;
            return new Clipping(0, channels.Average(c => c.Share), channels.Max(c => c.LongestRun), plateau.LongestPlateau, plateau.Peak)
            {
                Channels = channels,
                AreOne = Each.Count == 1,
            };
        }
    }

    private sealed class Channel(int rate) : AudioMeter
    {
        // Only parts that come near the peak are looked at sample by sample.
        private const int PartSamples = 256;

        private readonly (long From, long To)[] stretches = new (long, long)[Clipping.MostStretches];
        private readonly SortedDictionary<double, int> plateaus = [];
        private int marked;
        private long frame;
        private long full;
        private int run;
        private int longest;
        private double peak;
        private double previous = double.NaN;
        private int plateau;

        public override void Add(ReadOnlySpan<double> samples)
        {
            for (var at = 0; at < samples.Length; at += PartSamples)
            {
                var part = samples.Slice(at, Math.Min(PartSamples, samples.Length - at));
                var highest = LaneSums.Peak(part);
                TakeFullScale(part, highest);
                if (highest < NearPeak * peak)
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

            // Silence stands at its peak, too, and nothing was cut off.
            var longestPlateau = peak > 0 ? plateaus.Where(p => p.Key >= NearPeak * peak).Select(p => p.Value).DefaultIfEmpty(1).Max() : (int)Math.Min(int.MaxValue, frame);
            return new ChannelClipping((double)full / frame, longest, longestPlateau, peak)
            {
                Stretches = [.. stretches.Take(marked).Select(s => ((double)s.From / rate, (double)(s.To + 1) / rate))],
            };
        }

        private void TakeFullScale(ReadOnlySpan<double> part, double highest)
        {
            if (highest < FullScale)
            {
                run = 0;
                frame += part.Length;
                return;
            }

            foreach (var value in part)
            {
                if (Math.Abs(value) < FullScale)
                {
                    run = 0;
                }
                else
                {
                    full++;
                    longest = Math.Max(longest, ++run);
                    Mark();
                }

                frame++;
            }
        }

        // Neighbouring stretches become one where there would be too many to draw.
        private void Mark()
        {
            var near = rate / 100;
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
/// <param name="LongestPlateau">The most equal neighbours within 1 % of a channel's peak, in the channel that has most.</param>
/// <param name="Peak">The peak of that channel.</param>
internal sealed record Clipping(long NonFinite, double? Share, int LongestRun, int LongestPlateau, double Peak)
{
    /// <summary>Most stretches of a channel that are marked.</summary>
    public const int MostStretches = 200;

    /// <summary>Each channel.</summary>
    public IReadOnlyList<ChannelClipping> Channels { get; init; } = [];

    /// <summary>Whether all channels hold the same samples.</summary>
    public bool AreOne { get; init; } = true;

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
/// <param name="LongestPlateau">The most equal neighbours within 1 % of its peak; all, where it is silent.</param>
/// <param name="Peak">Its peak.</param>
internal sealed record ChannelClipping(double Share, int LongestRun, int LongestPlateau, double Peak)
{
    /// <summary>Where samples are at full scale, in seconds: the first of them.</summary>
    public IReadOnlyList<(double From, double To)> Stretches { get; init; } = [];
}

using ModelGate.Artifacts;

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
        private readonly int[] runs = new int[clip.Channels];
        private readonly (long From, long To)[] stretches = new (long, long)[Clipping.MostStretches];
        private readonly SortedDictionary<double, int> plateaus = [];
        private int marked;
        private long frame;
        private long full;
        private int longest;
        private double peak;
        private double previous = double.NaN;
        private int plateau;

        public override void Add(ReadOnlySpan<float> interleaved)
        {
            for (var at = 0; at < interleaved.Length; at += clip.Channels, frame++)
            {
                var sum = 0.0;
                for (var channel = 0; channel < clip.Channels; channel++)
                {
                    var sample = (double)interleaved[at + channel];
                    sum += sample;
                    if (Math.Abs(sample) >= FullScale)
                    {
                        full++;
                        longest = Math.Max(longest, ++runs[channel]);
                        Mark();
                    }
                    else
                    {
                        runs[channel] = 0;
                    }
                }

                Level(sum / clip.Channels);
            }
        }

        public override object Finish(long nonFinite)
        {
            EndPlateau();
            var longestPlateau = plateaus.Where(p => p.Key >= NearPeak * peak).Select(p => p.Value).DefaultIfEmpty(peak > 0 ? 1 : 0).Max();
            return nonFinite > 0 || frame == 0
                ? new Clipping(nonFinite, null, 0, 0, 0)
                : new Clipping(0, (double)full / (frame * clip.Channels), longest, longestPlateau, peak)
                {
                    Stretches = [.. stretches.Take(marked).Select(s => ((double)s.From / clip.SampleRate, (double)(s.To + 1) / clip.SampleRate))],
                };
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

    /// <summary>Where samples are at full scale, in seconds: the first of them.</summary>
    public IReadOnlyList<(double From, double To)> Stretches { get; init; } = [];
}

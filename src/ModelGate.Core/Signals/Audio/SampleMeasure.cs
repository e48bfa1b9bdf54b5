using ModelGate.Artifacts;

namespace ModelGate.Signals.Audio;

/// <summary>Peak, power and mean of the samples, of the mean of the channels and of each channel.</summary>
internal sealed record SampleMeasure : AudioMeasure<SampleLevels>
{
    /// <inheritdoc/>
    public override AudioMeter Begin(AudioClip clip) => new Meter(clip.Channels);

    private sealed class Meter(int channels) : AudioMeter
    {
        // The last one is the mean of the channels.
        private readonly double[] peaks = new double[channels + 1];
        private readonly double[] sums = new double[channels + 1];
        private readonly double[] squares = new double[channels + 1];
        private long frames;
        private long beyond;

        public override void Add(ReadOnlySpan<float> interleaved)
        {
            for (var at = 0; at < interleaved.Length; at += channels)
            {
                var sum = 0.0;
                for (var channel = 0; channel < channels; channel++)
                {
                    var sample = (double)interleaved[at + channel];
                    sum += sample;
                    beyond += Math.Abs(sample) > 1 ? 1 : 0;
                    Take(channel, sample);
                }

                Take(channels, sum / channels);
            }

            frames += interleaved.Length / channels;
        }

        public override object Finish(long nonFinite)
        {
            var levels = Enumerable.Range(0, channels + 1).Select(Level).ToArray();
            return new SampleLevels(nonFinite, nonFinite > 0 || frames == 0 ? null : levels[channels], nonFinite > 0 || frames == 0 ? [] : levels[..channels])
            {
                BeyondFullScale = frames == 0 ? 0 : (double)beyond / (frames * channels),
            };
        }

        private ChannelLevel Level(int channel) => new(peaks[channel], Math.Sqrt(squares[channel] / frames), sums[channel] / frames);

        private void Take(int channel, double sample)
        {
            peaks[channel] = Math.Max(peaks[channel], Math.Abs(sample));
            sums[channel] += sample;
            squares[channel] += sample * sample;
        }
    }
}

/// <summary>The levels of a recording.</summary>
/// <param name="NonFinite">The number of samples, over all channels, that are NaN or infinite; one of them, and there are no levels.</param>
/// <param name="Mixed">The levels of the mean of the channels; null where there are none.</param>
/// <param name="Channels">The levels of each channel.</param>
internal sealed record SampleLevels(long NonFinite, ChannelLevel? Mixed, IReadOnlyList<ChannelLevel> Channels)
{
    /// <summary>The share of the samples, over all channels, whose absolute value is above 1.</summary>
    public double BeyondFullScale { get; init; }

    /// <summary>A value of the whole, and of each channel where there are several.</summary>
    public IEnumerable<Reading> Readings(Func<ChannelLevel, double> value)
    {
        yield return Reading.Of(Mixed is { } mixed ? value(mixed) : null);
        for (var channel = 0; Channels.Count > 1 && channel < Channels.Count; channel++)
        {
            yield return Reading.Of(value(Channels[channel])) with { Part = SafeText.Of($"channel {channel + 1}") };
        }
    }
}

/// <summary>The levels of one channel; full scale is 1.</summary>
/// <param name="Peak">The largest absolute sample.</param>
/// <param name="Rms">The root mean square.</param>
/// <param name="Mean">The mean.</param>
internal sealed record ChannelLevel(double Peak, double Rms, double Mean);

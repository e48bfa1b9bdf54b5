using System.Numerics.Tensors;
using ModelGate.Artifacts;
using ModelGate.Signals.Mathematics;

namespace ModelGate.Signals.Audio;

/// <summary>Peak, power and mean of the samples, of the mean of the channels and of each channel.</summary>
internal sealed record SampleMeasure : AudioMeasure<SampleLevels>
{
    /// <inheritdoc/>
    public override AudioMeter Begin(AudioClip clip) => new Meter(clip.Channels);

    private sealed class Meter(int channels) : AudioMeter
    {
        private readonly Tally mixed = new();
        private readonly Tally[] each = [.. Enumerable.Range(0, channels > 1 ? channels : 0).Select(_ => new Tally())];
        private double[] channel = [];
        private long frames;
        private long beyond;

        public override void Add(ReadOnlySpan<float> interleaved)
        {
            frames += interleaved.Length / channels;
            if (!(Math.Abs(TensorPrimitives.MaxMagnitude(interleaved)) <= 1))
            {
                foreach (var sample in interleaved)
                {
                    beyond += Math.Abs(sample) > 1 ? 1 : 0;
                }
            }

            for (var i = 0; i < each.Length; i++)
            {
                each[i].Add(Pick(interleaved, i));
            }
        }

        public override void Add(ReadOnlySpan<double> mono) => mixed.Add(mono);

        public override object Finish(long nonFinite) => nonFinite > 0 || frames == 0
            ? new SampleLevels(nonFinite, null, []) { BeyondFullScale = frames == 0 ? 0 : (double)beyond / (frames * channels) }
            : new SampleLevels(0, mixed.Level(frames), each.Length > 0 ? [.. each.Select(e => e.Level(frames))] : [mixed.Level(frames)])
            {
                BeyondFullScale = (double)beyond / (frames * channels),
            };

        private ReadOnlySpan<double> Pick(ReadOnlySpan<float> interleaved, int index)
        {
            var count = interleaved.Length / channels;
            if (channel.Length < count)
            {
                channel = new double[count];
            }

            for (var i = 0; i < count; i++)
            {
                channel[i] = interleaved[(i * channels) + index];
            }

            return channel.AsSpan(0, count);
        }
    }

    private sealed class Tally
    {
        private double peak;
        private double sum;
        private double squares;

        public void Add(ReadOnlySpan<double> samples)
        {
            peak = Math.Max(peak, LaneSums.Peak(samples));
            sum += LaneSums.Sum(samples);
            squares += LaneSums.Squares(samples);
        }

        public ChannelLevel Level(long frames) => new(peak, Math.Sqrt(squares / frames), sum / frames);
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

    /// <summary>The channels, counted from one, in which nothing is heard.</summary>
    public IEnumerable<int> Silent => Channels.Index().Where(c => c.Item.Moving <= FrameSeries.ActiveLevel).Select(c => c.Index + 1);

    /// <summary>The level of the mean of the channels beside their own, in dB; null for silence.</summary>
    public double? CancellationDecibels
    {
        get
        {
            var power = Channels.Count > 0 ? Channels.Average(c => c.Moving * c.Moving) : 0;
            return power > 0 ? 10 * Math.Log10(Math.Max(LeastPower, Mixed!.Moving * Mixed.Moving / power)) : null;
        }
    }

    // What is left of channels that cancel each other to the last bit: -200 dB.
    private const double LeastPower = 1e-20;

    /// <summary>A value of the whole, and of each channel where there are several.</summary>
    public IEnumerable<Reading> Readings(Func<ChannelLevel, double?> value)
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
internal sealed record ChannelLevel(double Peak, double Rms, double Mean)
{
    /// <summary>The root mean square around the mean.</summary>
    public double Moving => Math.Sqrt(Math.Max(0, (Rms * Rms) - (Mean * Mean)));

    /// <summary>How far the peak is above the RMS, in dB; null for digital silence.</summary>
    public double? CrestDecibels => Rms > 0 ? 20 * Math.Log10(Peak / Rms) : null;
}

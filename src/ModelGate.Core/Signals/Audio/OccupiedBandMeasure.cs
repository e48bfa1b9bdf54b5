using System.Runtime.Intrinsics;
using ModelGate.Artifacts;
using ModelGate.Signals.Mathematics;

namespace ModelGate.Signals.Audio;

/// <summary>The spectral flatness of each channel over the band that it occupies.</summary>
/// <param name="MinimumLevel">The RMS above which a frame is active, in dBFS.</param>
internal sealed record OccupiedBandMeasure(double MinimumLevel = FlatnessMeasure.DefaultMinimumLevel) : AudioMeasure<BandFlatness>
{
    /// <inheritdoc/>
    public override AudioMeter Begin(AudioClip clip) => new Meter(clip, MinimumLevel);

    private sealed class Meter(AudioClip clip, double minimumLevel) : AudioMeter
    {
        private readonly double threshold = Math.Pow(10, minimumLevel / 20);
        private readonly Channel[] channels = [.. Enumerable.Range(0, clip.Channels).Select(_ => new Channel())];

        public override bool NeedsChannels => true;

        public override void Add(int channel, FrameSeries frames, SpectrumBlock spectra)
        {
            Span<FlatnessFrame> values = stackalloc FlatnessFrame[RealFourierTransform.Lanes];
            channels[channel].Add(spectra, values[..FrameFlatness.Measure(frames, spectra, values)], threshold);
        }

        public override object Finish(long nonFinite)
            => new BandFlatness(nonFinite, nonFinite > 0 ? [] : [.. channels.Select(c => c.Finish(clip.SampleRate))]);
    }

    private sealed class Channel
    {
        // A channel without sound takes no memory for sums.
        private BandFlatnessSums? sums;
        private double whole;
        private long frames;
        private long active;

        public void Add(SpectrumBlock spectra, ReadOnlySpan<FlatnessFrame> values, double threshold)
        {
            frames += values.Length;
            var mask = Vector256<long>.Zero;
            for (var lane = 0; lane < values.Length; lane++)
            {
                if (values[lane].Rms > threshold)
                {
                    mask = mask.WithElement(lane, -1);
                    whole += values[lane].Flatness;
                    active++;
                }
            }

            if (mask != Vector256<long>.Zero)
            {
                (sums ??= new BandFlatnessSums()).Add(spectra, mask.AsDouble());
            }
        }

        public ChannelFlatness Finish(int sampleRate)
        {
            if (sums is null)
            {
                return new ChannelFlatness(null, null, 0, 0, frames > 0 ? 0 : null);
            }

            var (lower, upper) = OccupiedBand.Of(sums.MeanLogarithms(active), sampleRate);
            var isWhole = lower == 0 && upper == OccupiedBand.Upper.Count - 1;
            return new ChannelFlatness(
                (isWhole ? whole : sums.Of(lower, upper)) / active,
                whole / active,
                OccupiedBand.Lower[lower] * (double)sampleRate / FrameSeries.FrameLength,
                isWhole || upper == OccupiedBand.Upper.Count - 1 ? sampleRate / 2.0 : OccupiedBand.Upper[upper] * (double)sampleRate / FrameSeries.FrameLength,
                (double)active / frames);
        }
    }
}

/// <summary>The flatness of a recording over its occupied bands.</summary>
/// <param name="NonFiniteSamples">The number of samples, over all channels, that are NaN or infinite; one of them, and there are no channels.</param>
/// <param name="Channels">Each channel.</param>
internal sealed record BandFlatness(long NonFiniteSamples, IReadOnlyList<ChannelFlatness> Channels)
{
    /// <summary>The flattest channel that is ever active; null without any.</summary>
    public ChannelFlatness? Flattest => Channels.Where(c => c.Value is not null).MaxBy(c => c.Value);

    /// <summary>A value of the flattest channel, and of each channel where there are several.</summary>
    public IEnumerable<Reading> Readings(Func<ChannelFlatness, double?> value)
    {
        yield return Reading.Of(Flattest is { } flattest ? value(flattest) : null);
        for (var channel = 0; Channels.Count > 1 && channel < Channels.Count; channel++)
        {
            yield return Reading.Of(Channels[channel].Value is null ? null : value(Channels[channel])) with { Part = SafeText.Of($"channel {channel + 1}") };
        }
    }
}

/// <summary>The flatness of one channel.</summary>
/// <param name="Value">The mean over active frames within the occupied band; null where no frame is active.</param>
/// <param name="Whole">The same over the whole band.</param>
/// <param name="Low">Where the occupied band begins, in Hz.</param>
/// <param name="High">Where it ends, in Hz.</param>
/// <param name="ActiveShare">The share of the frames that are active; null where there are none.</param>
internal sealed record ChannelFlatness(double? Value, double? Whole, double Low, double High, double? ActiveShare);

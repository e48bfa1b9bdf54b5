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

    private sealed class Meter(AudioClip clip, double minimumLevel) : ChannelsMeter(() => new Channel(clip, Math.Pow(10, minimumLevel / 20)))
    {
        public override object Finish(long nonFinite)
            => new BandFlatness(nonFinite, nonFinite > 0 ? [] : FinishEach<ChannelFlatness>(clip.Channels, nonFinite));
    }

    private sealed class Channel : AudioMeter
    {
        private readonly AudioClip clip;
        private readonly double framesPerSecond;
        private readonly double threshold;
        private readonly Stretches<BandFlatnessSums> stretches;
        private Stretch? flattest;
        private long frames;

        public Channel(AudioClip clip, double threshold)
        {
            (this.clip, this.threshold) = (clip, threshold);
            framesPerSecond = (double)clip.SampleRate / FrameSeries.HopLength;
            stretches = new Stretches<BandFlatnessSums>(framesPerSecond, clip.Seconds, Look);
        }

        public override bool NeedsSpectra => true;

        public override void Add(FrameSeries series, SpectrumBlock spectra)
        {
            Span<FlatnessFrame> values = stackalloc FlatnessFrame[RealFourierTransform.Lanes];
            var count = FrameFlatness.Measure(series, spectra, values);
            var sums = stretches.At(frames);
            frames += count;
            var mask = Vector256<long>.Zero;
            var whole = 0.0;
            for (var lane = 0; lane < count; lane++)
            {
                if (values[lane].Rms > threshold)
                {
                    mask = mask.WithElement(lane, -1);
                    whole += values[lane].Flatness;
                }
            }

            if (mask != Vector256<long>.Zero)
            {
                sums.Add(spectra, mask.AsDouble(), whole);
            }
        }

        public override object Finish(long nonFinite)
        {
            var sums = stretches.Finish();
            return sums.Of(clip.SampleRate) is { } of
                ? new ChannelFlatness(of.Value, sums.Whole / sums.Active, of.Low, of.High, (double)sums.Active / frames) { Flattest = flattest }
                : new ChannelFlatness(null, null, 0, 0, frames > 0 ? 0 : null);
        }

        private void Look(BandFlatnessSums sums, TimeRange time)
        {
            if (sums.Active >= Stretch.FewestActive(time, framesPerSecond) && sums.Of(clip.SampleRate) is { } of)
            {
                flattest = Stretch.Higher(flattest, new Stretch(of.Value, time));
            }
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
internal sealed record ChannelFlatness(double? Value, double? Whole, double Low, double High, double? ActiveShare)
{
    /// <summary><see cref="Value"/> of the stretch in which it is highest, over the band that this stretch occupies.</summary>
    public Stretch? Flattest { get; init; }
}

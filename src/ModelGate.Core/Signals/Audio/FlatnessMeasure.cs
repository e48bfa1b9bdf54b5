using ModelGate.Artifacts;
using ModelGate.Signals.Mathematics;

namespace ModelGate.Signals.Audio;

/// <summary>The spectral flatness of a recording, over all frames and over the active ones.</summary>
/// <param name="MinimumLevel">The RMS above which a frame is active, in dBFS.</param>
internal sealed record FlatnessMeasure(double MinimumLevel = FlatnessMeasure.DefaultMinimumLevel) : AudioMeasure<Flatness>
{
    /// <summary>The RMS above which a frame is active where nothing else is said, in dBFS.</summary>
    public const double DefaultMinimumLevel = -60;

    private const double SpeechBand = 8000;

    /// <inheritdoc/>
    public override AudioMeter Begin(AudioClip clip) => new Meter(clip, MinimumLevel);

    private sealed class Meter(AudioClip clip, double minimumLevel) : AudioMeter
    {
        private readonly double threshold = Math.Pow(10, minimumLevel / 20);
        private readonly long total = FrameSeries.CountOf(clip.Frames);
        private readonly Block[] blocks = new Block[(int)Math.Min(Flatness.MostBlocks, FrameSeries.CountOf(clip.Frames))];
        private double sum;
        private double activeSum;
        private long count;
        private readonly int speechBins = (int)Math.Min(FrameSpectra.Bins - 1, SpeechBand * FrameSeries.FrameLength / clip.SampleRate);
        private double speechSum;
        private long active;

        public override bool NeedsSpectra => true;

        public override void Add(FrameSeries frames, SpectrumBlock spectra)
        {
            Span<FlatnessFrame> values = stackalloc FlatnessFrame[RealFourierTransform.Lanes];
            var (logarithm, mean) = FrameFlatness.Means(spectra.Powers.Slice(1, speechBins));
            var lane = -1;
            foreach (var value in values[..FrameFlatness.Measure(frames, spectra, values)])
            {
                lane++;
                ref var block = ref blocks[count * blocks.Length / total];
                block.Sum += value.Flatness;
                block.Count++;
                sum += value.Flatness;
                count++;
                if (value.Rms > threshold)
                {
                    block.IsActive = true;
                    activeSum += value.Flatness;
                    speechSum += Math.Min(1, Math.Exp(logarithm[lane]) / mean[lane]);
                    active++;
                }
            }
        }

        public override object Finish(long nonFinite) => nonFinite > 0 || count == 0
            ? new Flatness(null, null, 0, 0, nonFinite) { Seconds = clip.Seconds, Samples = clip.Frames }
            : new Flatness(sum / count, active > 0 ? activeSum / active : null, count, active, 0)
            {
                Seconds = clip.Seconds,
                Samples = clip.Frames,
                SpeechBandMean = active > 0 ? speechSum / active : null,
                OverTime = [.. blocks.Select(b => new FlatnessBlock(b.Sum / b.Count, b.IsActive))],
            };

        private record struct Block(double Sum, int Count, bool IsActive);
    }
}

/// <summary>The spectral flatness of a recording.</summary>
/// <param name="Mean">The mean over all frames; null under 2048 samples, or where a sample is not finite.</param>
/// <param name="ActiveMean">The mean over the active frames; null without any.</param>
/// <param name="Frames">The number of frames; 0 where there is no value.</param>
/// <param name="ActiveFrames">The number of active frames.</param>
/// <param name="NonFiniteSamples">The number of samples, over all channels, that are NaN or infinite; one of them, and there is no value.</param>
internal sealed record Flatness(double? Mean, double? ActiveMean, long Frames, long ActiveFrames, long NonFiniteSamples)
{
    /// <summary>Most blocks of <see cref="OverTime"/>.</summary>
    public const int MostBlocks = 500;

    /// <summary>The share of the frames that are active; null where there is no value.</summary>
    public double? ActiveShare => Frames > 0 ? (double)ActiveFrames / Frames : null;

    /// <summary>The mean over the active frames, of the bins above zero up to 8 kHz; null without any.</summary>
    public double? SpeechBandMean { get; init; }

    /// <summary>The duration in seconds.</summary>
    public double Seconds { get; init; }

    /// <summary>The number of samples of a channel.</summary>
    public long Samples { get; init; }

    /// <summary>The mean of each of up to 500 equal stretches of time, for a picture; empty where there is no value.</summary>
    public IReadOnlyList<FlatnessBlock> OverTime { get; init; } = [];
}

/// <summary>A stretch of time.</summary>
/// <param name="Mean">The mean flatness of its frames.</param>
/// <param name="IsActive">Whether one of its frames is active.</param>
internal readonly record struct FlatnessBlock(double Mean, bool IsActive);

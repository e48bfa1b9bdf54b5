using ModelGate.Artifacts;

namespace ModelGate.Signals.Audio.Voice;

/// <summary>What makes a voice of a recording: that it pauses, that its spectrum varies, that it is periodic in part, and at which pitch.</summary>
/// <remarks>
/// The mean that is subtracted for zero crossings and pitch is that of the first 4,194,304 samples, 87 s at 48 kHz, since it has to be known before the first frame; longer
/// recordings stream by in blocks of that size.
/// </remarks>
internal sealed record VoiceMeasure : AudioMeasure<VoiceStatistics>
{
    private const int BlockSamples = 1 << 22;

    /// <inheritdoc/>
    public override AudioMeter Begin(AudioClip clip) => new Meter(clip);

    private sealed class Meter : AudioMeter
    {
        private readonly AudioClip clip;
        private readonly float[] buffer;
        private readonly LevelFrames levels;
        private readonly CrossingFrames crossings;
        private readonly MelVariation mel;
        private readonly PitchFrames pitch;
        private long start;
        private int filled;
        private double? mean;

        public Meter(AudioClip clip)
        {
            this.clip = clip;
            (levels, crossings, mel, pitch) = (new LevelFrames(), new CrossingFrames(), new MelVariation(clip.SampleRate), new PitchFrames(clip.SampleRate));

            // Behind a block the next frames need what their first one begins with.
            buffer = new float[(int)Math.Min(clip.Frames, BlockSamples + Context)];
        }

        // The longest frame there is, at both ends of it.
        private static int Context => 1 << 17;

        public override void Add(ReadOnlySpan<float> interleaved)
        {
            for (var at = 0; at < interleaved.Length; at += clip.Channels)
            {
                if (filled == buffer.Length)
                {
                    Process();
                    var kept = Context;
                    Array.Copy(buffer, filled - kept, buffer, 0, kept);
                    (start, filled) = (start + filled - kept, kept);
                }

                var sum = 0.0;
                for (var channel = 0; channel < clip.Channels; channel++)
                {
                    sum += interleaved[at + channel];
                }

                buffer[filled++] = (float)(sum / clip.Channels);
            }
        }

        public override object Finish(long nonFinite)
        {
            if (nonFinite > 0 || start + filled < FrameSeries.FrameLength)
            {
                return new VoiceStatistics(nonFinite, clip.Frames, clip.SampleRate);
            }

            Process();
            return new VoiceStatistics(0, clip.Frames, clip.SampleRate)
            {
                SilentShare = levels.SilentShare,
                LongestSilence = (double)levels.LongestSilence * FrameSeries.HopLength / clip.SampleRate,
                LevelDeviation = levels.Deviation,
                MelDeviation = mel.Deviation,
                Crossings = crossings.Count / clip.Seconds,
                ActiveCrossings = crossings.ActiveShare * clip.SampleRate,
                PeriodicShare = pitch.PeriodicShare,
                PitchRange = pitch.Range,
                MedianPitch = pitch.Median,
                Track = pitch.Track,
                Loudness = levels.Blocks,
            };
        }

        private void Process()
        {
            var samples = buffer.AsSpan(0, filled);
            mean ??= Mean(samples);
            var window = new SampleWindow(samples, start, clip.Frames);
            levels.Take(window);
            mel.Take(window);
            crossings.Take(window, mean.Value);
            pitch.Take(window, mean.Value);
        }

        private static double Mean(ReadOnlySpan<float> samples)
        {
            var sum = 0.0;
            foreach (var sample in samples)
            {
                sum += sample;
            }

            return sum / samples.Length;
        }
    }
}

/// <summary>What makes a voice of a recording; null where a value cannot be told.</summary>
/// <param name="NonFinite">Samples that are NaN or infinite; one of them, and there is nothing else.</param>
/// <param name="Samples">The samples of a channel; under 2048 there is nothing else.</param>
/// <param name="Rate">Samples a second.</param>
internal sealed record VoiceStatistics(long NonFinite, long Samples, int Rate)
{
    /// <summary>The share of the frames that are not active.</summary>
    public double? SilentShare { get; init; }

    /// <summary>The longest run of frames that are not active, in seconds.</summary>
    public double LongestSilence { get; init; }

    /// <summary>The standard deviation of the level of the active frames, in dB.</summary>
    public double? LevelDeviation { get; init; }

    /// <summary>The standard deviation over time of each log-mel band in the active frames, the mean over the bands.</summary>
    public double? MelDeviation { get; init; }

    /// <summary>Changes of sign a second, the mean removed.</summary>
    public double? Crossings { get; init; }

    /// <summary>The same over the active frames.</summary>
    public double? ActiveCrossings { get; init; }

    /// <summary>The share of the active frames that are periodic.</summary>
    public double? PeriodicShare { get; init; }

    /// <summary>The range between the quartiles of ln F0 over the periodic frames.</summary>
    public double? PitchRange { get; init; }

    /// <summary>The median F0 of the periodic frames, in hertz.</summary>
    public double? MedianPitch { get; init; }

    /// <summary>F0 over time.</summary>
    public PitchTrack Track { get; init; } = PitchTrack.None;

    /// <summary>The level over time, for a picture.</summary>
    public IReadOnlyList<double> Loudness { get; init; } = [];

    /// <summary>Why there is nothing; empty where there is something.</summary>
    public SafeText Problem => NonFinite > 0 ? SafeText.Of($"{NonFinite} samples are NaN or infinite") : SilentShare is null ? SafeText.Of($"the recording has {Samples} samples a channel, and one frame takes {FrameSeries.FrameLength}") : SafeText.Empty;
}

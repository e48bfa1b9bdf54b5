using ModelGate.Artifacts;

namespace ModelGate.Signals.Audio.Voice;

/// <summary>What makes a voice of a recording: that it pauses, that its spectrum varies, that it is periodic in part, and at which pitch.</summary>
internal sealed record VoiceMeasure : AudioMeasure<VoiceStatistics>
{
    /// <inheritdoc/>
    public override AudioMeter Begin(AudioClip clip)
        => new Meter(clip, new FrameLevelsMeasure().Begin(clip), new CrossingsMeasure().Begin(clip), new MelMeasure().Begin(clip), new PitchMeasure().Begin(clip));

    private sealed class Meter(AudioClip clip, AudioMeter levels, AudioMeter crossings, AudioMeter mel, AudioMeter pitch) : AudioMeter
    {
        public override bool NeedsFrames => true;

        public override bool NeedsMel => true;

        public override bool NeedsPitch => true;

        public override bool NeedsMean => true;

        public override void Begin(double mean) => crossings.Begin(mean);

        public override void Add(ReadOnlySpan<double> mono) => crossings.Add(mono);

        public override void Add(FrameSeries frames)
        {
            levels.Add(frames);
            crossings.Add(frames);
        }

        public override void Add(MelFrames frames) => mel.Add(frames);

        public override void Add(PitchFrame frame) => pitch.Add(frame);

        public override object Finish(long nonFinite)
        {
            var level = (FrameLevels)levels.Finish(nonFinite);
            var crossing = (Crossings)crossings.Finish(nonFinite);
            var tone = (PitchStatistics)pitch.Finish(nonFinite);
            return nonFinite > 0 || level.Frames == 0
                ? new VoiceStatistics(nonFinite, clip.Frames, clip.SampleRate)
                : new VoiceStatistics(0, clip.Frames, clip.SampleRate)
                {
                    SilentShare = level.SilentShare,
                    ActiveSeconds = (double)level.Active * FrameSeries.HopLength / clip.SampleRate,
                    PeriodicFrames = tone.Periodic,
                    LongestSilence = level.LongestSilence ?? 0,
                    LevelDeviation = level.Deviation,
                    MelDeviation = ((MelStatistics)mel.Finish(nonFinite)).Temporal,
                    Crossings = crossing.PerSecond,
                    ActiveCrossings = crossing.ActivePerSecond,
                    PeriodicShare = tone.PeriodicShare,
                    PitchRange = tone.QuartileRange,
                    MedianPitch = tone.Median,
                    Track = tone.Track,
                    Loudness = level.OverTime,
                };
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

    /// <summary>How long it sounds, in seconds.</summary>
    public double ActiveSeconds { get; init; }

    /// <summary>The frames that are periodic, each a hundredth of a second behind the one before.</summary>
    public long PeriodicFrames { get; init; }

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

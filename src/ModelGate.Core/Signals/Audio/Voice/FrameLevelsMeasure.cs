using ModelGate.Artifacts;
using ModelGate.Signals.Mathematics;

namespace ModelGate.Signals.Audio.Voice;

/// <summary>The levels of the frames of <see cref="FrameSeries"/>: how many are silent, how loud those are, and how much the others vary.</summary>
internal sealed record FrameLevelsMeasure : AudioMeasure<FrameLevels>
{
    // 2 MB: three quarters of an hour at 48 kHz. Of a longer recording every second frame is held, and so on.
    private const int MostHeld = 1 << 18;
    private const double LowShare = 0.1;

    /// <inheritdoc/>
    public override AudioMeter Begin(AudioClip clip) => new Meter(clip);

    private sealed class Meter(AudioClip clip) : AudioMeter
    {
        private readonly BoundedSeries held = new(MostHeld);
        private readonly LevelPicture picture = new();
        private long frames;
        private long active;
        private long run;
        private long longest;
        private double activePower;
        private double silentPower;
        private double sum;
        private double squares;

        public override bool NeedsFrames => true;

        public override void Add(FrameSeries series)
        {
            foreach (var rms in series.Levels[..series.Count])
            {
                frames++;
                held.Add(rms);
                picture.Add(rms);
                if (rms > FrameSeries.ActiveLevel)
                {
                    var level = 20 * Math.Log10(rms);
                    sum += level;
                    squares += level * level;
                    activePower += rms * rms;
                    active++;
                    run = 0;
                }
                else
                {
                    silentPower += rms * rms;
                    longest = Math.Max(longest, ++run);
                }
            }
        }

        public override object Finish(long nonFinite) => nonFinite > 0 || frames == 0
            ? new FrameLevels(0, 0)
            : new FrameLevels(frames, active)
            {
                LongestSilence = (double)longest * FrameSeries.HopLength / clip.SampleRate,
                Deviation = active == 0 ? null : Math.Sqrt(Math.Max(0, (squares / active) - (sum / active * (sum / active)))),
                ActiveDecibels = active == 0 ? null : 10 * Math.Log10(activePower / active),
                SilentDecibels = silentPower > 0 ? 10 * Math.Log10(silentPower / (frames - active)) : null,
                LowDecibels = OrderStatistics.Quantile(held.Values, LowShare) is > 0 and var low ? 20 * Math.Log10(low) : null,
                OverTime = picture.Blocks,
            };
    }

    /// <summary>The RMS of up to 1,000 equal stretches of time.</summary>
    private sealed class LevelPicture
    {
        private const int Most = 1000;

        private readonly List<double> levels = [];
        private int perBlock = 1;
        private double sum;
        private int count;

        public IReadOnlyList<double> Blocks => count > 0 ? [.. levels, Math.Sqrt(sum / count)] : levels;

        public void Add(double rms)
        {
            sum += rms * rms;
            if (++count < perBlock)
            {
                return;
            }

            levels.Add(Math.Sqrt(sum / count));
            (sum, count) = (0, 0);
            if (levels.Count == Most)
            {
                for (var i = 0; i < Most / 2; i++)
                {
                    levels[i] = Math.Sqrt(((levels[2 * i] * levels[2 * i]) + (levels[(2 * i) + 1] * levels[(2 * i) + 1])) / 2);
                }

                levels.RemoveRange(Most / 2, Most / 2);
                perBlock *= 2;
            }
        }
    }
}

/// <summary>The levels of a recording's frames; a value is null where there is none.</summary>
/// <param name="Frames">The number of frames; 0 under 2048 samples, and where a sample is not finite.</param>
/// <param name="Active">How many of them have an RMS above -60 dBFS.</param>
internal sealed record FrameLevels(long Frames, long Active)
{
    /// <summary>The share of the frames that are not active.</summary>
    public double? SilentShare => Frames > 0 ? 1 - ((double)Active / Frames) : null;

    /// <summary>The longest run of frames that are not active, in seconds.</summary>
    public double? LongestSilence { get; init; }

    /// <summary>The standard deviation of the level of the active frames, in dB.</summary>
    public double? Deviation { get; init; }

    /// <summary>The level of the mean power of the active frames, in dBFS.</summary>
    public double? ActiveDecibels { get; init; }

    /// <summary>The level of the mean power of the frames that are not active, in dBFS.</summary>
    public double? SilentDecibels { get; init; }

    /// <summary>The level that a tenth of all frames do not exceed, in dBFS.</summary>
    public double? LowDecibels { get; init; }

    /// <summary>The RMS of up to 1,000 equal stretches of time, for a picture.</summary>
    public IReadOnlyList<double> OverTime { get; init; } = [];
}

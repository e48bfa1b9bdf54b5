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

    private sealed class Meter : AudioMeter
    {
        private readonly BoundedSeries held = new(MostHeld);
        private readonly LevelPicture picture = new();
        private readonly double seconds;
        private readonly double framesPerSecond;
        private readonly Stretches<Sums> stretches;
        private Stretch? steadiest;
        private long frames;
        private long run;
        private long longest;
        private double activePower;
        private double silentPower;

        public Meter(AudioClip clip)
        {
            seconds = clip.Seconds;
            framesPerSecond = (double)clip.SampleRate / FrameSeries.HopLength;
            stretches = new Stretches<Sums>(framesPerSecond, clip.Seconds, Look);
        }

        public override bool NeedsFrames => true;

        public override void Add(FrameSeries series)
        {
            foreach (var rms in series.Levels[..series.Count])
            {
                var sums = stretches.At(frames++);
                held.Add(rms);
                picture.Add(rms);
                if (rms > FrameSeries.ActiveLevel)
                {
                    sums.Add(20 * Math.Log10(rms));
                    activePower += rms * rms;
                    run = 0;
                }
                else
                {
                    silentPower += rms * rms;
                    longest = Math.Max(longest, ++run);
                }
            }
        }

        public override object Finish(long nonFinite)
        {
            if (nonFinite > 0 || frames == 0)
            {
                return new FrameLevels(0, 0);
            }

            var whole = stretches.Finish();
            return new FrameLevels(frames, whole.Active)
            {
                Seconds = seconds,
                LongestSilence = longest / framesPerSecond,
                ActiveSeconds = whole.Active / framesPerSecond,
                Deviation = whole.Deviation,
                Steadiest = steadiest,
                ActiveDecibels = whole.Active == 0 ? null : 10 * Math.Log10(activePower / whole.Active),
                SilentDecibels = silentPower > 0 ? 10 * Math.Log10(silentPower / (frames - whole.Active)) : null,
                LowDecibels = OrderStatistics.Quantile(held.Values, LowShare) is > 0 and var low ? 20 * Math.Log10(low) : null,
                OverTime = picture.Blocks,
            };
        }

        private void Look(Sums sums, TimeRange time)
        {
            if (sums.Deviation is { } deviation && sums.Active >= Stretch.FewestActive(time, framesPerSecond))
            {
                steadiest = Stretch.Lower(steadiest, new Stretch(deviation, time));
            }
        }
    }

    /// <summary>The levels of active frames, in dB.</summary>
    private sealed class Sums : IStretchSums<Sums>
    {
        public static Sums Create() => new();

        private double sum;
        private double squares;

        public long Active { get; private set; }

        public double? Deviation => Active == 0 ? null : Math.Sqrt(Math.Max(0, (squares / Active) - (sum / Active * (sum / Active))));

        public void Add(double level) => (Active, sum, squares) = (Active + 1, sum + level, squares + (level * level));

        public void Add(Sums other) => (Active, sum, squares) = (Active + other.Active, sum + other.sum, squares + other.squares);

        public void Clear() => (Active, sum, squares) = (0, 0, 0);
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

    /// <summary>The duration in seconds.</summary>
    public double Seconds { get; init; }

    /// <summary>The longest run of frames that are not active, in seconds.</summary>
    public double? LongestSilence { get; init; }

    /// <summary>How long it sounds, in seconds.</summary>
    public double ActiveSeconds { get; init; }

    /// <summary>The standard deviation of the level of the active frames, in dB.</summary>
    public double? Deviation { get; init; }

    /// <summary>The same of the stretch in which it is least.</summary>
    public Stretch? Steadiest { get; init; }

    /// <summary>The level of the mean power of the active frames, in dBFS.</summary>
    public double? ActiveDecibels { get; init; }

    /// <summary>The level of the mean power of the frames that are not active, in dBFS.</summary>
    public double? SilentDecibels { get; init; }

    /// <summary>The level that a tenth of all frames do not exceed, in dBFS.</summary>
    public double? LowDecibels { get; init; }

    /// <summary>The RMS of up to 1,000 equal stretches of time, for a picture.</summary>
    public IReadOnlyList<double> OverTime { get; init; } = [];
}

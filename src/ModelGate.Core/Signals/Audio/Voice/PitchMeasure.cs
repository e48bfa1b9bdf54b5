using ModelGate.Artifacts;
using ModelGate.Signals.Mathematics;

namespace ModelGate.Signals.Audio.Voice;

/// <summary>How much of a recording is periodic, and at which pitch.</summary>
internal sealed record PitchMeasure : AudioMeasure<PitchStatistics>
{
    // What is kept of each frame outlives the file.
    private const int MostTracked = 1 << 18;
    private const int MostHeld = 1 << 18;
    private const double LeastPeriodicSeconds = 1;
    private const double Lowest = 0.05;
    private const double Highest = 0.95;

    /// <inheritdoc/>
    public override AudioMeter Begin(AudioClip clip) => new Meter(clip);

    private sealed class Meter : AudioMeter
    {
        private readonly AudioClip clip;
        private readonly double framesPerSecond;
        private readonly List<float> track = [];
        private readonly BoundedSeries frequencies = new(MostHeld);
        private readonly FrameRatePitch frameRates;
        private readonly Stretches<Sums> stretches;
        private Stretch? steadiest;
        private double? steadiestPitch;
        private Stretch? leastPeriodic;
        private long frames;
        private long active;
        private long periodic;

        public Meter(AudioClip clip)
        {
            this.clip = clip;
            framesPerSecond = (double)clip.SampleRate / PitchFrameSeries.HopOf(clip.SampleRate);
            frameRates = new FrameRatePitch(clip.SampleRate);
            stretches = new Stretches<Sums>(framesPerSecond, clip.Seconds, Look);
        }

        public override bool NeedsPitch => true;

        // The frames come of samples without the mean.
        public override bool NeedsMean => true;

        public override void Add(PitchFrame frame)
        {
            if (track.Count < MostTracked)
            {
                track.Add((float)frame.Frequency);
            }

            var sums = stretches.At(frames++);
            active += frame.IsActive ? 1 : 0;
            sums.Active += frame.IsActive ? 1 : 0;
            if (frame.IsPeriodic)
            {
                periodic++;
                sums.Logarithms.Add(Math.Log(frame.Frequency));
                frequencies.Add(frame.Frequency);
                frameRates.Add(frame.Frequency);
            }
        }

        public override object Finish(long nonFinite)
        {
            if (nonFinite > 0 || active == 0)
            {
                return new PitchStatistics(0, 0);
            }

            stretches.Finish();
            var sorted = frequencies.Values.ToArray();
            Array.Sort(sorted);
            var logarithms = Array.ConvertAll(sorted, Math.Log);
            double? Between(double low, double high)
                => sorted.Length == 0 ? null : OrderStatistics.QuantileOfSorted(logarithms, high) - OrderStatistics.QuantileOfSorted(logarithms, low);
            return new PitchStatistics(active, periodic)
            {
                Median = sorted.Length == 0 ? null : OrderStatistics.QuantileOfSorted(sorted, 0.5),
                QuartileRange = Between(0.25, 0.75),
                Semitones = Between(Lowest, Highest) * 12 / Math.Log(2),
                AtFrameRate = periodic == 0 ? null : (double)frameRates.Most / periodic,
                Steadiest = steadiest,
                SteadiestPitch = steadiestPitch,
                LeastPeriodic = leastPeriodic,
                Track = new PitchTrack(track, (double)PitchFrameSeries.HopOf(clip.SampleRate) / clip.SampleRate),
            };
        }

        private void Look(Sums sums, TimeRange time)
        {
            var fewest = Stretch.FewestActive(time, framesPerSecond);
            if (sums.Active == 0 || sums.Active < fewest)
            {
                return;
            }

            leastPeriodic = Stretch.Lower(leastPeriodic, new Stretch((double)sums.Logarithms.Count / sums.Active, time));
            if (sums.Logarithms.Count >= Math.Min(fewest, LeastPeriodicSeconds * framesPerSecond))
            {
                var logarithms = sums.Logarithms.ToArray();
                Array.Sort(logarithms);
                var range = OrderStatistics.QuantileOfSorted(logarithms, 0.75) - OrderStatistics.QuantileOfSorted(logarithms, 0.25);
                if (!(steadiest?.Value <= range))
                {
                    steadiest = new Stretch(range, time);
                    steadiestPitch = Math.Exp(OrderStatistics.QuantileOfSorted(logarithms, 0.5));
                }
            }
        }
    }

    /// <summary>The pitch of periodic frames.</summary>
    private sealed class Sums : IStretchSums<Sums>
    {
        public static Sums Create() => new();

        public long Active { get; set; }

        public List<double> Logarithms { get; } = [];

        public void Add(Sums other)
        {
            // Of a long recording only its stretches are looked at.
            Active += other.Active;
            if (Logarithms.Count < MostHeld)
            {
                Logarithms.AddRange(other.Logarithms);
            }
        }

        public void Clear()
        {
            Active = 0;
            Logarithms.Clear();
        }
    }

    /// <summary>Counts the frames whose pitch is a multiple of a frame rate of vocoders.</summary>
    private sealed class FrameRatePitch(int rate)
    {
        private const double Tolerance = 0.0005;

        private readonly long[] counts = new long[VocoderHops.Samples.Count];

        public long Most => counts.Max();

        public void Add(double frequency)
        {
            for (var i = 0; i < counts.Length; i++)
            {
                var multiple = frequency * VocoderHops.Samples[i] / rate;
                var nearest = Math.Max(1, Math.Round(multiple));
                counts[i] += Math.Abs(multiple - nearest) <= Tolerance * nearest ? 1 : 0;
            }
        }
    }
}

/// <summary>How much of a recording is periodic, and at which pitch; null where there is no value.</summary>
/// <param name="Active">The active pitch frames; 0 under 2048 samples, and where a sample is not finite.</param>
/// <param name="Periodic">How many of them are periodic.</param>
internal sealed record PitchStatistics(long Active, long Periodic)
{
    /// <summary>The share of the active frames that are periodic.</summary>
    public double? PeriodicShare => Active > 0 ? (double)Periodic / Active : null;

    /// <summary>The median F0 of the periodic frames, in hertz.</summary>
    public double? Median { get; init; }

    /// <summary>The range between the quartiles of ln F0 over the periodic frames.</summary>
    public double? QuartileRange { get; init; }

    /// <summary>The range of F0 from the 5th to the 95th percentile of the periodic frames, in semitones.</summary>
    public double? Semitones { get; init; }

    /// <summary>The share of the periodic frames whose F0 is a multiple of a vocoder's frame rate.</summary>
    public double? AtFrameRate { get; init; }

    /// <summary><see cref="QuartileRange"/> of the stretch in which it is least, among those that are periodic for a second.</summary>
    public Stretch? Steadiest { get; init; }

    /// <summary>The median F0 of that stretch, in hertz.</summary>
    public double? SteadiestPitch { get; init; }

    /// <summary><see cref="PeriodicShare"/> of the stretch in which it is least.</summary>
    public Stretch? LeastPeriodic { get; init; }

    /// <summary>F0 over time: of the first 262,144 frames.</summary>
    public PitchTrack Track { get; init; } = PitchTrack.None;
}

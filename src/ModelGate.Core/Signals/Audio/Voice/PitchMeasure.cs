using ModelGate.Artifacts;
using ModelGate.Signals.Mathematics;

namespace ModelGate.Signals.Audio.Voice;

/// <summary>How much of a recording is periodic, and at which pitch.</summary>
internal sealed record PitchMeasure : AudioMeasure<PitchStatistics>
{
    // What is kept of each frame outlives the file.
    private const int MostTracked = 1 << 18;
    private const int MostHeld = 1 << 18;
    private const double Lowest = 0.05;
    private const double Highest = 0.95;

    /// <inheritdoc/>
    public override AudioMeter Begin(AudioClip clip) => new Meter(clip);

    private sealed class Meter(AudioClip clip) : AudioMeter
    {
        private readonly List<float> track = [];
        private readonly BoundedSeries frequencies = new(MostHeld);
        private readonly FrameRatePitch frameRates = new(clip.SampleRate);
        private long active;
        private long periodic;

        public override bool NeedsPitch => true;

        // The frames come of samples without the mean.
        public override bool NeedsMean => true;

        public override void Add(PitchFrame frame)
        {
            if (track.Count < MostTracked)
            {
                track.Add((float)frame.Frequency);
            }

            active += frame.IsActive ? 1 : 0;
            if (frame.IsPeriodic)
            {
                periodic++;
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
                Track = new PitchTrack(track, (double)PitchFrameSeries.HopOf(clip.SampleRate) / clip.SampleRate),
            };
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

    /// <summary>F0 over time: of the first 262,144 frames.</summary>
    public PitchTrack Track { get; init; } = PitchTrack.None;
}

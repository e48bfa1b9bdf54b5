using ModelGate.Signals.Audio.Pairs;

namespace ModelGate.Signals.Audio.Voice;

/// <summary>How much the log-mel bands of a recording vary over its active frames.</summary>
/// <param name="rate">The sample rate.</param>
internal sealed class MelVariation(int rate)
{
    private readonly LogMelFrames frames = new(rate);
    private readonly double[] sums = new double[LogMelSpectrogram.Bands];
    private readonly double[] squares = new double[LogMelSpectrogram.Bands];
    private readonly double[] first = new double[LogMelSpectrogram.Bands];
    private readonly float[] samples = new float[LogMelFrames.SamplesOfFour];
    private readonly float[] bands = new float[LogMelFrames.FramesAtOnce * LogMelSpectrogram.Bands];
    private long next;
    private long active;

    /// <summary>The standard deviation over time of each band, the mean over the bands; null without an active frame.</summary>
    public double? Deviation => active == 0 ? null : Enumerable.Range(0, LogMelSpectrogram.Bands)
        .Average(b => Math.Sqrt(Math.Max(0, (squares[b] / active) - (sums[b] / active * (sums[b] / active)))));

    /// <summary>Takes the next samples.</summary>
    public void Take(SampleWindow window)
    {
        var count = LogMelFrames.CountOf(window.Total);
        Span<bool> isActive = stackalloc bool[LogMelFrames.FramesAtOnce];
        while (next < count)
        {
            var four = (int)Math.Min(LogMelFrames.FramesAtOnce, count - next);
            var length = LogMelFrames.SamplesOf(four);
            if (!window.Covers(LogMelFrames.StartOf(next) + length))
            {
                return;
            }

            window.CopyMirroredTo(LogMelFrames.StartOf(next), samples.AsSpan(0, length));
            frames.Compute(samples.AsSpan(0, length), four, 1, bands, isActive);
            for (var i = 0; i < four; i++)
            {
                if (isActive[i])
                {
                    Add(bands.AsSpan(i * LogMelSpectrogram.Bands, LogMelSpectrogram.Bands));
                }
            }

            next += four;
        }
    }

    // Around the first frame's values, so that a band that stands still has a deviation of zero.
    private void Add(ReadOnlySpan<float> values)
    {
        for (var band = 0; band < values.Length; band++)
        {
            first[band] = active == 0 ? values[band] : first[band];
            var value = values[band] - first[band];
            sums[band] += value;
            squares[band] += value * value;
        }

        active++;
    }
}

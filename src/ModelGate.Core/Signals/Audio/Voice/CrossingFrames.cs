using ModelGate.Signals.Audio.Pairs;

namespace ModelGate.Signals.Audio.Voice;

/// <summary>Changes of sign, in the whole recording and in the active frames, as librosa counts them.</summary>
internal sealed class CrossingFrames
{
    private const double Zero = 1e-10;

    private readonly double[] frame = new double[FrameSeries.FrameLength];
    private readonly double[] plain = new double[FrameSeries.FrameLength];
    private long next;
    private long taken;
    private bool wasNegative;
    private long active;
    private double shares;

    /// <summary>The changes of sign between neighbours.</summary>
    public long Count { get; private set; }

    /// <summary>The changes of sign for each sample of the active frames, their mean; null without any.</summary>
    public double? ActiveShare => active == 0 ? null : shares / active;

    /// <summary>Takes the next samples.</summary>
    public void Take(SampleWindow window, double mean)
    {
        for (; taken < window.Start + window.Samples.Length; taken++)
        {
            var isNegative = window.Samples[(int)(taken - window.Start)] - mean < -Zero;
            Count += taken > 0 && isNegative != wasNegative ? 1 : 0;
            wasNegative = isNegative;
        }

        for (; next < FrameSeries.CountOf(window.Total) && window.Covers(StartOf(next) + FrameSeries.FrameLength); next++)
        {
            window.CopyTo(StartOf(next), plain, 0);
            var square = 0.0;
            foreach (var sample in plain)
            {
                square += sample * sample;
            }

            if (Math.Sqrt(square / FrameSeries.FrameLength) <= FrameRms.Active)
            {
                continue;
            }

            window.CopyHeldTo(StartOf(next), frame, mean);
            var changes = 0;
            for (var i = 1; i < frame.Length; i++)
            {
                changes += frame[i] < -Zero != frame[i - 1] < -Zero ? 1 : 0;
            }

            shares += (double)changes / FrameSeries.FrameLength;
            active++;
        }
    }

    private static long StartOf(long index) => (index * FrameSeries.HopLength) - (FrameSeries.FrameLength / 2);
}

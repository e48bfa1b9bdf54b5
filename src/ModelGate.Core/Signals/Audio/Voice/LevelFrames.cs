using ModelGate.Signals.Audio.Pairs;

namespace ModelGate.Signals.Audio.Voice;

/// <summary>The levels of the frames of <see cref="FrameSeries"/>: how many are silent, and how much the others vary.</summary>
internal sealed class LevelFrames
{
    private readonly double[] frame = new double[FrameSeries.FrameLength];
    private readonly List<double> levels = [];
    private int perBlock = 1;
    private double blockSum;
    private int blockCount;
    private long next;
    private long silent;
    private long run;
    private double sum;
    private double squares;

    /// <summary>The longest run of frames that are not active.</summary>
    public long LongestSilence { get; private set; }

    /// <summary>The share of the frames that are not active.</summary>
    public double SilentShare => (double)silent / next;

    /// <summary>The standard deviation of 20 log10(RMS) over the active frames; null without any.</summary>
    public double? Deviation
    {
        get
        {
            var active = next - silent;
            return active == 0 ? null : Math.Sqrt(Math.Max(0, (squares / active) - (sum / active * (sum / active))));
        }
    }

    /// <summary>The RMS of up to 1,000 equal stretches.</summary>
    public IReadOnlyList<double> Blocks => blockCount > 0 ? [.. levels, Math.Sqrt(blockSum / blockCount)] : levels;

    /// <summary>Takes the next samples.</summary>
    public void Take(SampleWindow window)
    {
        for (; next < FrameSeries.CountOf(window.Total) && window.Covers(StartOf(next) + FrameSeries.FrameLength); next++)
        {
            window.CopyTo(StartOf(next), frame, 0);
            var square = 0.0;
            foreach (var sample in frame)
            {
                square += sample * sample;
            }

            Take(Math.Sqrt(square / FrameSeries.FrameLength));
        }
    }

    private static long StartOf(long index) => (index * FrameSeries.HopLength) - (FrameSeries.FrameLength / 2);

    private void Take(double rms)
    {
        Block(rms);
        if (rms <= FrameRms.Active)
        {
            silent++;
            LongestSilence = Math.Max(LongestSilence, ++run);
            return;
        }

        run = 0;
        var level = 20 * Math.Log10(rms);
        sum += level;
        squares += level * level;
    }

    private void Block(double rms)
    {
        blockSum += rms * rms;
        if (++blockCount < perBlock)
        {
            return;
        }

        levels.Add(Math.Sqrt(blockSum / blockCount));
        (blockSum, blockCount) = (0, 0);
        if (levels.Count == 1000)
        {
            for (var i = 0; i < 500; i++)
            {
                levels[i] = Math.Sqrt(((levels[2 * i] * levels[2 * i]) + (levels[(2 * i) + 1] * levels[(2 * i) + 1])) / 2);
            }

            levels.RemoveRange(500, 500);
            perBlock *= 2;
        }
    }
}

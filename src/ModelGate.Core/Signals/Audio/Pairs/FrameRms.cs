namespace ModelGate.Signals.Audio.Pairs;

/// <summary>The RMS of frames without a window.</summary>
internal static class FrameRms
{
    /// <summary>The level above which a frame is active: -60 dBFS.</summary>
    public const double Active = 0.001;

    /// <summary>The frames of <see cref="FrameSeries"/>: 2048 samples every 512, centred, with zeros at both ends.</summary>
    public static double[] Of(ReadOnlySpan<float> samples)
    {
        var frames = new double[FrameSeries.CountOf(samples.Length)];
        for (var frame = 0; frame < frames.Length; frame++)
        {
            var start = (frame * FrameSeries.HopLength) - (FrameSeries.FrameLength / 2);
            var (from, to) = (Math.Max(0, start), Math.Min(samples.Length, start + FrameSeries.FrameLength));
            frames[frame] = Math.Sqrt(Squares(samples[from..Math.Max(from, to)]) / FrameSeries.FrameLength);
        }

        return frames;
    }

    /// <summary>The sum of the squares.</summary>
    public static double Squares(ReadOnlySpan<float> samples)
    {
        var sum = 0.0;
        foreach (var sample in samples)
        {
            sum += (double)sample * sample;
        }

        return sum;
    }
}

namespace ModelGate.Signals.Audio.Pairs;

/// <summary>How far the log-mel frames of an output lie from those of its reference, frame by frame and up to the shorter of both.</summary>
/// <param name="All">The mean |difference| over all frames and bands.</param>
/// <param name="Active">The same over the frames in which the reference is active; null without any.</param>
/// <param name="Levelled">The same with the output brought to the reference's RMS first; null where one of them is silent.</param>
/// <param name="Correlation">Pearson's correlation over time of each band in the frames in which the reference is active, the mean over the bands; null without any that varies.</param>
/// <param name="OverTime">The mean |difference|, levelled, of each of up to <see cref="MostBlocks"/> equal stretches of time, for a picture.</param>
internal sealed record MelComparison(double All, double? Active, double? Levelled, double? Correlation, IReadOnlyList<float> OverTime)
{
    /// <summary>Most stretches of time in a picture.</summary>
    public const int MostBlocks = 300;

    /// <summary>Compares.</summary>
    /// <param name="output">The output as it is.</param>
    /// <param name="levelled">The output at the reference's level; null where one of them is silent.</param>
    /// <param name="reference">The reference.</param>
    public static MelComparison Of(LogMelSpectrogram output, LogMelSpectrogram? levelled, LogMelSpectrogram reference)
    {
        var frames = Math.Min(output.Frames, reference.Frames);
        var blocks = new (double Sum, int Count)[Math.Min(MostBlocks, frames)];
        var (all, active, level, count) = (0.0, 0.0, 0.0, 0);
        for (var frame = 0; frame < frames; frame++)
        {
            var distance = Distance(output[frame], reference[frame]);
            var at = levelled is null ? distance : Distance(levelled[frame], reference[frame]);
            all += distance;
            var block = (int)((long)frame * blocks.Length / frames);
            blocks[block] = (blocks[block].Sum + at, blocks[block].Count + 1);
            if (reference.Active[frame])
            {
                (active, level, count) = (active + distance, level + at, count + 1);
            }
        }

        return new MelComparison(
            all / frames,
            count > 0 ? active / count : null,
            count > 0 && levelled is not null ? level / count : null,
            CorrelationOf(output, reference, frames),
            [.. blocks.Select(b => (float)(b.Sum / b.Count))]);
    }

    private static double Distance(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++)
        {
            sum += Math.Abs((double)a[i] - b[i]);
        }

        return sum / a.Length;
    }

    private static double? CorrelationOf(LogMelSpectrogram output, LogMelSpectrogram reference, int frames)
    {
        var (total, bands) = (0.0, 0);
        for (var band = 0; band < LogMelSpectrogram.Bands; band++)
        {
            var (n, x, y, xx, yy, xy) = (0, 0.0, 0.0, 0.0, 0.0, 0.0);
            for (var frame = 0; frame < frames; frame++)
            {
                if (reference.Active[frame])
                {
                    double a = output[frame][band], b = reference[frame][band];
                    (n, x, y, xx, yy, xy) = (n + 1, x + a, y + b, xx + (a * a), yy + (b * b), xy + (a * b));
                }
            }

            // A band that stands still, as above half the rate of what was resampled, goes with nothing.
            var (varianceX, varianceY) = (xx - (x * x / n), yy - (y * y / n));
            if (n > 1 && varianceY > 1e-6 * n)
            {
                total += varianceX > 1e-6 * n ? (xy - (x * y / n)) / Math.Sqrt(varianceX * varianceY) : 0;
                bands++;
            }
        }

        return bands > 0 ? total / bands : null;
    }
}

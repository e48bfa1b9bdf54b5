using ModelGate.Runs;

namespace ModelGate.Signals.Data;

/// <summary>How alike a data set's recordings and their copies at 16 kHz sound over time: the lowest correlation of a pair, 1 where they are the same.</summary>
/// <remarks>
/// Pearson's correlation of the ten log-mel bands from 50 Hz to 7.6 kHz of both at 50 frames a second, each band centred over the frames that both have. Neither the level nor the resampling filter counts.
/// </remarks>
[Signal(MeasuredOn.DataSet, Better = Better.Higher)]
internal sealed partial class RecordingCopyCorrelation : Signal
{
    /// <summary>The farthest that a copy is looked for before and behind its own time: a second, in frames.</summary>
    public const int FarthestLag = LogMelMeasure.FramesPerSecond;

    private const int FewestFrames = 12;

    /// <summary>The correlation of a recording and another; null where both are silent, or too short to tell.</summary>
    /// <param name="recording">The recording.</param>
    /// <param name="copy">What should be its copy.</param>
    /// <param name="late">By how many frames the copy is taken to be late.</param>
    public static double? Of(LogMelFrames recording, LogMelFrames copy, int late = 0)
    {
        var first = Math.Max(0, -late);
        var count = Math.Min(recording.Frames, copy.Frames - late) - first;
        if (count < FewestFrames)
        {
            return null;
        }

        var (both, left, right) = (0.0, 0.0, 0.0);
        for (var band = 0; band < LogMelMeasure.Bands; band++)
        {
            var (meanOfRecording, meanOfCopy) = (0.0, 0.0);
            for (var i = first; i < first + count; i++)
            {
                meanOfRecording += recording.Values[(i * LogMelMeasure.Bands) + band] / (double)count;
                meanOfCopy += copy.Values[((i + late) * LogMelMeasure.Bands) + band] / (double)count;
            }

            for (var i = first; i < first + count; i++)
            {
                var x = recording.Values[(i * LogMelMeasure.Bands) + band] - meanOfRecording;
                var y = copy.Values[((i + late) * LogMelMeasure.Bands) + band] - meanOfCopy;
                (both, left, right) = (both + (x * y), left + (x * x), right + (y * y));
            }
        }

        var least = 1e-6 * count;
        return left < least && right < least ? null : left < least || right < least ? 0 : both / Math.Sqrt(left * right);
    }

    /// <summary>The time at which a copy fits best, and how well.</summary>
    /// <param name="recording">The recording.</param>
    /// <param name="copy">What should be its copy.</param>
    public static (int Late, double Correlation) Best(LogMelFrames recording, LogMelFrames copy)
    {
        var best = (Late: 0, Correlation: Of(recording, copy) ?? 0);
        for (var late = -FarthestLag; late <= FarthestLag; late++)
        {
            // Half of the recording at least has to be compared: short pieces are alike by chance.
            if (Math.Abs(late) * 2 <= Math.Min(recording.Frames, copy.Frames) && Of(recording, copy, late) is { } correlation && correlation > best.Correlation)
            {
                best = (late, correlation);
            }
        }

        return best;
    }
}

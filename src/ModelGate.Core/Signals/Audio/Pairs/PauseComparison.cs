namespace ModelGate.Signals.Audio.Pairs;

/// <summary>What an output has where its reference is silent, and where it is silent while the reference is not.</summary>
/// <param name="PauseDecibels">The mean power of the output's frames that lie in the reference's pauses, in dBFS; null where there are none, or only digital silence.</param>
/// <param name="PauseFrames">The number of these frames.</param>
/// <param name="ActiveDecibels">The mean power of the output's active frames, in dBFS; null without any.</param>
/// <param name="DropoutShare">The share of the blocks of 10 ms with the reference above -40 dBFS in which the output has less than a twentieth of its RMS; null without such blocks.</param>
/// <param name="LongestDropoutSeconds">The longest run of such blocks.</param>
internal sealed record PauseComparison(double? PauseDecibels, int PauseFrames, double? ActiveDecibels, double? DropoutShare, double LongestDropoutSeconds)
{
    private const double BlockSeconds = 0.01;
    private const double Loud = 0.01;
    private const double Lost = 0.05;
    private const double GuardSeconds = 0.02;

    /// <summary>The output's level in the pauses beside its level where it is active, in dB.</summary>
    public double? RelativeDecibels => PauseDecibels - ActiveDecibels;

    /// <summary>Compares two recordings of one rate.</summary>
    public static PauseComparison Of(MonoRecording output, MonoRecording reference)
    {
        var (levels, references) = (FrameRms.Of(output.Samples), FrameRms.Of(reference.Samples));
        var guard = (int)Math.Ceiling(GuardSeconds * reference.SampleRate / FrameSeries.HopLength);
        var (pauses, sum) = (0, 0.0);
        for (var frame = 0; frame < Math.Min(levels.Length, references.Length); frame++)
        {
            if (Array.TrueForAll(references[Math.Max(0, frame - guard)..Math.Min(references.Length, frame + guard + 1)], r => r <= FrameRms.Active))
            {
                pauses++;
                sum += levels[frame] * levels[frame];
            }
        }

        var active = levels.Where(l => l > FrameRms.Active).Select(l => l * l).DefaultIfEmpty().Average();
        var (share, longest) = Dropouts(output.Samples, reference.Samples, reference.SampleRate);
        return new PauseComparison(pauses > 0 ? Decibels(sum / pauses) : null, pauses, Decibels(active), share, longest * BlockSeconds);
    }

    private static (double? Share, int Longest) Dropouts(ReadOnlySpan<float> output, ReadOnlySpan<float> reference, int rate)
    {
        var length = Math.Max(1, (int)(BlockSeconds * rate));
        var (loud, lost, run, longest) = (0, 0, 0, 0);
        for (var start = 0; start + length <= Math.Min(output.Length, reference.Length); start += length)
        {
            var (of, against) = (FrameRms.Squares(output.Slice(start, length)), FrameRms.Squares(reference.Slice(start, length)));
            var isLoud = against > Loud * Loud * length;
            var isLost = isLoud && of < Lost * Lost * against;
            loud += isLoud ? 1 : 0;
            lost += isLost ? 1 : 0;
            run = isLost ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        return (loud > 0 ? (double)lost / loud : null, longest);
    }

    private static double? Decibels(double power) => power > 0 ? 10 * Math.Log10(power) : null;
}

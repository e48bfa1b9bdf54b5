using ModelGate.Signals.Mathematics;

namespace ModelGate.Signals.Audio.Frames;

/// <summary>Log-mel frames as HiFi-GAN is trained on, up to four at a time.</summary>
/// <remarks>
/// Window 1024 and hop 256, in samples at the recording's own rate; 384 mirrored samples at each end; periodic Hann; bands as in <see cref="LogMelBank"/>. A frame is active where the RMS of its
/// samples, without a window, is above -60 dBFS.
/// </remarks>
/// <param name="rate">The sample rate.</param>
internal sealed class LogMelFrames(int rate)
{
    /// <summary>Frames that are computed at once.</summary>
    public const int FramesAtOnce = RealFourierTransform.Lanes;

    /// <summary>The samples of four frames.</summary>
    public const int SamplesOfFour = Length + ((FramesAtOnce - 1) * Hop);

    private const int Length = LogMelBank.FrameLength;
    private const int Hop = LogMelBank.HopLength;

    private readonly FramePowers spectra = new(Length, Hop, Length);
    private readonly LogMelBank bank = new(rate);

    /// <summary>Where a frame begins; negative where it begins before the recording.</summary>
    public static long StartOf(long frame) => (frame * Hop) - LogMelBank.Mirrored;

    /// <summary>The samples of so many frames.</summary>
    public static int SamplesOf(int frames) => Length + ((frames - 1) * Hop);

    /// <summary>Computes frames.</summary>
    /// <param name="samples">Their samples, <see cref="SamplesOf"/>.</param>
    /// <param name="count">The number of frames, up to four.</param>
    /// <param name="gain">What each sample is multiplied by.</param>
    /// <param name="values">Takes the natural logarithms, frame by frame.</param>
    /// <param name="active">Takes whether each frame is active.</param>
    public void Compute(ReadOnlySpan<float> samples, int count, double gain, Span<float> values, Span<bool> active)
    {
        var logarithms = bank.Of(spectra.Of(samples, 0, gain, 0));
        for (var band = 0; band < logarithms.Length; band++)
        {
            for (var lane = 0; lane < count; lane++)
            {
                values[(lane * LogMelBank.Bands) + band] = (float)logarithms[band][lane];
            }
        }

        for (var lane = 0; lane < count; lane++)
        {
            active[lane] = gain * Math.Sqrt(FrameRms.Squares(samples.Slice(lane * Hop, Length)) / Length) > FrameRms.Active;
        }
    }
}

using System.Runtime.Intrinsics;
using ModelGate.Signals.Mathematics;

namespace ModelGate.Signals.Audio.Pairs;

/// <summary>Log-mel frames as HiFi-GAN is trained on, up to four at a time.</summary>
/// <remarks>
/// n_fft and window 1024, hop 256, in samples at the recording's own rate; 384 mirrored samples at each end; periodic Hann; sqrt(|X|² + 1e-9); 80 Slaney bands from 0 to
/// 8 kHz, or half the rate where that is less; ln(max(., 1e-5)). A frame is active where the RMS of its samples, without a window, is above -60 dBFS.
/// </remarks>
/// <param name="rate">The sample rate.</param>
internal sealed class LogMelFrames(int rate)
{
    /// <summary>Frames that are computed at once.</summary>
    public const int FramesAtOnce = RealFourierTransform.Lanes;

    /// <summary>The samples of four frames.</summary>
    public const int SamplesOfFour = Length + ((FramesAtOnce - 1) * LogMelSpectrogram.Hop);

    private const int Length = 1024;
    private const int Pad = (Length - LogMelSpectrogram.Hop) / 2;
    private const double HighestFrequency = 8000;

    private readonly FramePowers spectra = new(Length, LogMelSpectrogram.Hop, Length);
    private readonly LaneBuffer amplitudes = new((Length / 2) + 1);
    private readonly IReadOnlyList<(int First, double[] Weights)> bands = new SlaneyBands(rate, Length, LogMelSpectrogram.Bands, Math.Min(HighestFrequency, rate / 2.0)).Bands;

    /// <summary>The number of frames of so many samples; none where there are too few to mirror.</summary>
    public static long CountOf(long samples) => samples <= Pad || samples + (2 * Pad) < Length ? 0 : 1 + ((samples + (2 * Pad) - Length) / LogMelSpectrogram.Hop);

    /// <summary>Where a frame begins; negative where it begins before the recording.</summary>
    public static long StartOf(long frame) => (frame * LogMelSpectrogram.Hop) - Pad;

    /// <summary>The samples of so many frames.</summary>
    public static int SamplesOf(int frames) => Length + ((frames - 1) * LogMelSpectrogram.Hop);

    /// <summary>Computes frames.</summary>
    /// <param name="samples">Their samples, <see cref="SamplesOf"/>.</param>
    /// <param name="count">The number of frames, up to four.</param>
    /// <param name="gain">What each sample is multiplied by.</param>
    /// <param name="values">Takes the natural logarithms, frame by frame.</param>
    /// <param name="active">Takes whether each frame is active.</param>
    public void Compute(ReadOnlySpan<float> samples, int count, double gain, Span<float> values, Span<bool> active)
    {
        var powers = spectra.Of(samples, 0, gain, 0);
        var amplitude = amplitudes.Span;
        for (var k = 0; k < powers.Length; k++)
        {
            amplitude[k] = Vector256.Sqrt(powers[k] + Vector256.Create(1e-9));
        }

        for (var band = 0; band < bands.Count; band++)
        {
            var (first, weights) = bands[band];
            var sum = Vector256<double>.Zero;
            for (var i = 0; i < weights.Length; i++)
            {
                sum += amplitude[first + i] * weights[i];
            }

            for (var lane = 0; lane < count; lane++)
            {
                values[(lane * LogMelSpectrogram.Bands) + band] = (float)Math.Log(Math.Max(sum[lane], 1e-5));
            }
        }

        for (var lane = 0; lane < count; lane++)
        {
            active[lane] = gain * Math.Sqrt(FrameRms.Squares(samples.Slice(lane * LogMelSpectrogram.Hop, Length)) / Length) > FrameRms.Active;
        }
    }
}

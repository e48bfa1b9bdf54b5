using ModelGate.Artifacts;
using ModelGate.Faults;

namespace ModelGate.Signals;

/// <summary>
/// The spectral flatness of a recording: the geometric by the arithmetic mean of a frame's power spectrum (Dubnov 2004), from 0 for
/// a tone over 0.56 for white noise to 1 for digital silence.
/// </summary>
/// <remarks>
/// librosa's definition: frames of 2048 samples each 512, periodic Hann window, centred with zeros at both ends, power of at least
/// 1e-10 in each of 1025 bins, 1 + ⌊N/512⌋ frames. Channels are averaged first. Memory does not depend on the length.
/// </remarks>
/// <param name="Mean">The mean over all frames, as librosa's; null under 2048 samples, or where a sample is not finite.</param>
/// <param name="ActiveMean">The mean over the active frames: the ones whose RMS is above the level; null without any.</param>
/// <param name="Frames">The number of frames; 0 where there is no value.</param>
/// <param name="ActiveFrames">The number of active frames.</param>
/// <param name="NonFiniteSamples">The number of samples, over all channels, that are NaN or infinite; one of them, and there is no value.</param>
internal sealed record SpectralFlatness(double? Mean, double? ActiveMean, long Frames, long ActiveFrames, long NonFiniteSamples)
{
    /// <summary>Samples a frame.</summary>
    public const int FrameLength = 2048;

    /// <summary>Samples from a frame to the next.</summary>
    public const int HopLength = 512;

    /// <summary>The RMS above which a frame is active where nothing else is said, in dBFS.</summary>
    public const double DefaultMinimumLevel = -60;

    /// <summary>The share of the frames that are active; null where there is no value.</summary>
    public double? ActiveShare => Frames > 0 ? (double)ActiveFrames / Frames : null;

    /// <summary>Measures a recording.</summary>
    /// <param name="clip">The recording.</param>
    /// <param name="minimumLevel">The RMS above which a frame is active, in dBFS.</param>
    /// <param name="onFrame">Is told every frame's values in turn, for a plot.</param>
    /// <exception cref="ArtifactFault">The recording ends before its last frame.</exception>
    /// <exception cref="OperationCanceledException">The caller wants to stop.</exception>
    public static SpectralFlatness Measure(AudioClip clip, double minimumLevel = DefaultMinimumLevel, Action<FlatnessFrame>? onFrame = null, CancellationToken cancellation = default)
    {
        var samples = new MonoSamples(clip);
        var frames = new FrameSeries(samples, clip.Frames);
        var meter = new FlatnessMeter();
        var threshold = Math.Pow(10, minimumLevel / 20);
        double sum = 0, activeSum = 0;
        long count = 0, active = 0;
        Span<FlatnessFrame> values = stackalloc FlatnessFrame[RealFourierTransform.Lanes];
        while (frames.MoveNext())
        {
            cancellation.ThrowIfCancellationRequested();

            // Only the count of what is not finite is still of interest, once there is any.
            if (samples.NonFinite > 0 || clip.Frames < FrameLength)
            {
                continue;
            }

            foreach (var value in values[..meter.Measure(frames, values)])
            {
                sum += value.Flatness;
                count++;
                if (value.Rms > threshold)
                {
                    activeSum += value.Flatness;
                    active++;
                }

                onFrame?.Invoke(value);
            }
        }

        return samples.NonFinite > 0 || count == 0
            ? new SpectralFlatness(null, null, 0, 0, samples.NonFinite)
            : new SpectralFlatness(sum / count, active > 0 ? activeSum / active : null, count, active, 0);
    }
}

/// <summary>One frame's values.</summary>
/// <param name="Flatness">The spectral flatness, 0 to 1.</param>
/// <param name="Rms">The root mean square of the frame's samples without the window, full scale = 1.</param>
internal readonly record struct FlatnessFrame(double Flatness, double Rms);

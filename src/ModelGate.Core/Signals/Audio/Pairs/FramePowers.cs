using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using ModelGate.Signals.Mathematics;

namespace ModelGate.Signals.Audio.Pairs;

/// <summary>The power spectra of overlapping frames of samples in memory, four at a time.</summary>
/// <param name="length">Samples of a transform: a power of two.</param>
/// <param name="hop">Samples from a frame to the next.</param>
/// <param name="window">Samples of the periodic Hann window, which stands in the middle of a frame.</param>
internal sealed class FramePowers(int length, int hop, int window)
{
    private readonly RealFourierTransform transform = new(length);
    private readonly LaneBuffer windowed = new(length);
    private readonly LaneBuffer powers = new((length / 2) + 1);
    private readonly double[] weights = Hann(length, window);

    /// <summary>The spectra of four frames, a lane each; they hold until the next call.</summary>
    /// <param name="samples">The samples.</param>
    /// <param name="pad">Samples before the first and after the last, which mirror what is there.</param>
    /// <param name="gain">What each sample is multiplied by.</param>
    /// <param name="frame">The first of the four frames; what lies behind the last sample is zero.</param>
    public ReadOnlySpan<Vector256<double>> Of(ReadOnlySpan<float> samples, int pad, double gain, long frame)
    {
        var destination = MemoryMarshal.Cast<Vector256<double>, double>(windowed.Span);
        for (var lane = 0; lane < RealFourierTransform.Lanes; lane++)
        {
            var start = ((frame + lane) * hop) - pad;
            if (start >= 0 && start + length <= samples.Length)
            {
                var inside = samples.Slice((int)start, length);
                for (var i = 0; i < length; i++)
                {
                    destination[(i * RealFourierTransform.Lanes) + lane] = inside[i] * gain * weights[i];
                }
            }
            else
            {
                for (var i = 0; i < length; i++)
                {
                    destination[(i * RealFourierTransform.Lanes) + lane] = At(samples, start + i) * gain * weights[i];
                }
            }
        }

        transform.Power(windowed.Span, powers.Span);
        return powers.Span;
    }

    /// <summary>A sample; before the first and after the last, the one that a mirror shows.</summary>
    public static float At(ReadOnlySpan<float> samples, long index)
    {
        index = index < 0 ? -index : index;
        index = index >= samples.Length ? (2L * (samples.Length - 1)) - index : index;
        return index >= 0 && index < samples.Length ? samples[(int)index] : 0;
    }

    private static double[] Hann(int length, int window)
    {
        var weights = new double[length];
        var left = (length - window) / 2;
        for (var i = 0; i < window; i++)
        {
            weights[left + i] = 0.5 - (0.5 * Math.Cos(2 * Math.PI * i / window));
        }

        return weights;
    }
}

using System.Runtime.Intrinsics;
using ModelGate.Signals.Mathematics;

namespace ModelGate.Signals.Audio;

/// <summary>The power spectra of frames under a periodic Hann window, four frames at a time.</summary>
internal sealed class FrameSpectra
{
    /// <summary>Frequencies of a spectrum, from zero to half the sample rate.</summary>
    public const int Bins = (FrameLength / 2) + 1;

    private const int FrameLength = FrameSeries.FrameLength;
    private const int HopLength = FrameSeries.HopLength;

    private readonly RealFourierTransform transform = new(FrameLength);
    private readonly double[] window = new double[FrameLength];
    private readonly LaneBuffer windowed = new(FrameLength);
    private readonly LaneBuffer powers = new(Bins);

    public FrameSpectra()
    {
        for (var i = 0; i < window.Length; i++)
        {
            window[i] = 0.5 - (0.5 * Math.Cos(2 * Math.PI * i / window.Length));
        }
    }

    /// <summary>The spectra of the current frames, a lane each; they hold until the next call.</summary>
    public ReadOnlySpan<Vector256<double>> Power(FrameSeries frames)
    {
        var samples = frames.Current;
        ReadOnlySpan<double> frame0 = samples[..FrameLength], frame1 = samples.Slice(HopLength, FrameLength);
        ReadOnlySpan<double> frame2 = samples.Slice(2 * HopLength, FrameLength), frame3 = samples.Slice(3 * HopLength, FrameLength);
        ReadOnlySpan<double> weights = window;
        var destination = windowed.Span;
        for (var i = 0; i < destination.Length; i++)
        {
            destination[i] = Vector256.Create(frame0[i], frame1[i], frame2[i], frame3[i]) * weights[i];
        }

        var spectrum = powers.Span;
        transform.Power(destination, spectrum);
        return spectrum;
    }
}
